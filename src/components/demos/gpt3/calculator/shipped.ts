import { EngineError } from "../../../../engine/errors.ts";
import { parseConfig } from "../../../../engine/files/config.ts";
import { parseJson } from "../../../../engine/files/json.ts";
import { parseSafetensors, type TensorView } from "../../../../engine/files/safetensors.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { ModelShape } from "./sizes.ts";

/** Models of the book, by their roles. */
export const MODELS = { gpt: "gpt-zh", bert: "bert-zh", poem: "gpt-poem" } as const;
export type Role = keyof typeof MODELS;

/** A model of the book: its shape, from its config, and its parameters, counted in its file. */
export interface Counted extends ModelShape {
  readonly name: string;
  readonly counted: number;
}

/** What 8-bit weights have beside them: part of how the numbers are stored, not parameters. */
const SCALE = /\.scale$/;

/** The parameters in a file's tensors. */
export function countTensors(tensors: Iterable<Pick<TensorView, "name" | "shape">>): number {
  let count = 0;
  for (const { name, shape } of tensors) {
    if (!SCALE.test(name)) count += shape.reduce((product, side) => product * side, 1);
  }
  return count;
}

/** The shape of a model, from its `config.json`; whether it has biases, its tensors say. @throws EngineError as `parseConfig` */
export function shapeOf(config: unknown, names: Iterable<string>): ModelShape {
  const { architecture, vocabularySize, contextLength, width, innerWidth, layers, heads, tiedHead } =
    parseConfig(config);
  return {
    kind: architecture === "gpt2" ? "gpt" : "bert",
    vocabulary: vocabularySize,
    positions: contextLength,
    layers,
    width,
    heads,
    factor: innerWidth / width,
    biases: [...names].some((name) => /(c_fc|intermediate\.dense)\.bias$/.test(name)),
    tied: tiedHead,
  };
}

/** Opens the files of the book's models, and counts. @throws EngineError `bad-file`, `network` */
export async function countShipped({ engine }: Pick<WorkContext<Role>, "engine">): Promise<readonly Counted[]> {
  const counted: Counted[] = [];
  for (const name of Object.values(MODELS)) {
    const file = async (path: string): Promise<ArrayBuffer> => engine.file(name, path);
    const config = parseJson(await file("config.json"), "config.json");
    const tensors = parseSafetensors(await file("model.safetensors"));
    if (tensors.size === 0) throw new EngineError("bad-file", `${name} 没有张量`);
    counted.push({ name, ...shapeOf(config, tensors.keys()), counted: countTensors(tensors.values()) });
  }
  return counted;
}
