import { softmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { rounded } from "../../../kit/figure/rounded.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { ALL_TRACES } from "../../../subjects/reading/snapshot.ts";
import type { Sizes } from "./station.ts";
import type { Blocks } from "./way.ts";

export const MODEL = "gpt-zh";

/** Likeliest next tokens that are kept of each place. */
const GUESSES = 8;

/** What a model holds likely behind a token. */
export interface Guess {
  readonly text: string;
  readonly logit: number;
  readonly probability: number;
}

/** One reading of a GPT-2 with all its intermediates. */
export interface WalkReading extends EncodedText {
  readonly sizes: Sizes;
  /** By their names; `logits` are too many to keep. */
  readonly traces: ReadonlyMap<string, HostTensor>;
  /** Of each token the likeliest next ones, likeliest first. */
  readonly guesses: readonly (readonly Guess[])[];
  /** Of a reading that is sent with the page only so much is there: one layer, one head (counted from 1), the first columns of wide tensors. */
  readonly part?: { readonly layer: number; readonly head: number };
}

/** Reads a text, with everything that can be traced. @throws EngineError as `ModelCalls.traces`; `bad-input` for a model that is no GPT-2 */
export async function read({ engine, model }: WorkContext, text: string): Promise<WalkReading> {
  const { config } = model;
  if (config.architecture !== "gpt2") throw new EngineError("bad-input", "这里只走得了 GPT-2");
  const encoded = await engine.encode(model.id, `[END]${text}`);
  const traces = new Map(await engine.traces(model.id, encoded.ids, [...ALL_TRACES, "ln_final.*"]));
  const logits = traces.get("logits")!;
  traces.delete("logits");
  const size = config.vocabularySize;
  const guesses = encoded.ids.map((_, place) => {
    const row = logits.data.subarray(place * size, (place + 1) * size);
    const probabilities = softmax(row);
    return topIndices(row, GUESSES).map(({ index, value }) => ({
      text: model.vocabulary[index] ?? "",
      logit: value,
      probability: probabilities[index]!,
    }));
  });
  const { layers, heads, width, innerWidth, vocabularySize, contextLength } = config;
  return { ...encoded, sizes: { layers, heads, width, innerWidth, vocabularySize, contextLength }, traces, guesses };
}

/** The blocks of which a reading has the numbers. */
export function blocksOf({ part, sizes }: WalkReading): Blocks {
  return part ? { first: part.layer, last: part.layer } : { first: 1, last: sizes.layers };
}

/** Columns of a wide tensor that are sent with the page, and that the map shows. */
export const WINDOW = 16;

/** So much of a reading that every station of one layer has something to show, at a weight that a page can carry. Layer and head are counted from 1. */
export function partOf(reading: WalkReading, layer: number, head: number): WalkReading {
  const block = `blocks.${layer - 1}.`;
  const kept = [...reading.traces].flatMap(([name, tensor]): [string, HostTensor][] => {
    const own = name.replace(block, "");
    if (own.startsWith("blocks.") && name !== "blocks.0.resid_pre") return [];
    if (/attn\.[qkv]$/.test(own)) return [[name, rounded(headOf(tensor, head - 1))]];
    if (/attn\.(scores|pattern)$|scale$/.test(own)) return [[name, rounded(tensor)]];
    return [[name, rounded(own === "attn.z" ? tensor : firstColumns(tensor, WINDOW))]];
  });
  return { ...reading, traces: new Map(kept), part: { layer, head } };
}

/** One head of [tokens, heads, headWidth], as [tokens, 1, headWidth]. */
function headOf({ shape, data }: HostTensor, head: number): HostTensor {
  const [tokens = 0, heads = 0, width = 0] = shape;
  const own = new Float32Array(tokens * width);
  for (let t = 0; t < tokens; t++) {
    const from = (t * heads + head) * width;
    own.set(data.subarray(from, from + width), t * width);
  }
  return { shape: [tokens, 1, width], data: own };
}

/** [rows, columns] cut to the first `count` columns. */
export function firstColumns({ shape, data }: HostTensor, count: number): HostTensor {
  const [rows = 0, columns = 0] = shape;
  const width = Math.min(count, columns);
  const own = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) own.set(data.subarray(r * columns, r * columns + width), r * width);
  return { shape: [rows, width], data: own };
}
