import { readFile } from "node:fs/promises";
import { type Gpt2Config, parseConfig } from "../../../../engine/files/config.ts";
import { formatSafetensors } from "../../../../engine/files/save.ts";
import { gpt2Weights } from "../../../../engine/models/gpt2-weights.ts";
import { WeightBuilder } from "../../../../engine/nn/weights.ts";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import { Random } from "../../../../engine/random.ts";
import { sizeOf } from "../../../../engine/tensor/tape.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { readableVocabulary } from "../../../subjects/own-model/readable.ts";

/** What a run of this chapter's demos is given, on the CPU in Node. */
export async function openContext(): Promise<WorkContext> {
  const engine = await openNodeEngine("public/models");
  return { engine, model: await engine.load("gpt-zh"), signal: new AbortController().signal };
}

/** A tiny GPT-2 with byte-level BPE, one block, two heads, 32 positions. */
const FOLDER = "src/engine/testdata/folders/gpt2";

/** What a config.json says otherwise; undefined for what it does not say. */
type Change = Readonly<Record<string, unknown>>;
type OwnContext = WorkContext<"model" | "bert">;

/** The same where the reader has opened that model; and the site's BERT. */
export async function openOwn(change: Change = {}): Promise<OwnContext> {
  return openFiles(await configOf(change), await readFile(`${FOLDER}/model.safetensors`));
}

/** A model of another shape, with random weights. */
export async function openShaped(change: Change): Promise<OwnContext> {
  const config = await configOf(change);
  return openFiles(config, randomWeights(parseConfig(config) as Gpt2Config));
}

async function openFiles(config: object, weights: Uint8Array<ArrayBuffer>): Promise<OwnContext> {
  const engine = await openNodeEngine("public/models");
  const loaded = await engine.open([
    new File([JSON.stringify(config)], "config.json"),
    new File([await readFile(`${FOLDER}/tokenizer.json`)], "tokenizer.json"),
    new File([weights], "model.safetensors"),
  ]);
  const model = { ...loaded, vocabulary: await readableVocabulary(loaded) };
  return { engine, model, bert: await engine.load("bert-zh"), signal: new AbortController().signal };
}

async function configOf(change: Change): Promise<object> {
  return { ...JSON.parse(await readFile(`${FOLDER}/config.json`, "utf8")), ...change };
}

/** Of matrices, so large that the model does not hold all tokens alike; gains are one, and biases zero. */
const DEVIATION = 0.5;

function randomWeights(config: Gpt2Config): Uint8Array<ArrayBuffer> {
  const random = new Random(1);
  const tensors = new Map<string, HostTensor>();
  const parameters = {
    add(name: string, shape: readonly number[]) {
      const length = sizeOf(shape);
      const data = name.endsWith("bias")
        ? new Float32Array(length)
        : Float32Array.from({ length }, () => (name.includes("ln_") ? 1 : DEVIATION * random.normal()));
      tensors.set(name, { shape, data });
      return { name, shape, storage: { length }, gradient: null };
    },
    dispose() {},
  };
  gpt2Weights(new WeightBuilder(parameters, () => new Float32Array(0)), config);
  return formatSafetensors(tensors);
}
