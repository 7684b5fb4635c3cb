import { softmax } from "../../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { nextTurn } from "../../../../engine/experiments/experiment.ts";
import type { Gpt2Config } from "../../../../engine/files/config.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { rounded } from "../../../kit/figure/rounded.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { isMark } from "../../../kit/text/token-text.ts";
import { ALL_TRACES } from "../../../subjects/reading/snapshot.ts";
import { encodeText } from "../own/encode.ts";
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

/** Reads a text, with everything that can be traced. @throws EngineError as `encodeText` and `ModelCalls.traces`; `bad-input` for a model that is no GPT-2 */
export async function read({ engine, model, signal }: WorkContext, text: string): Promise<WalkReading> {
  const { config } = model;
  if (config.architecture !== "gpt2") throw new EngineError("bad-input", "这里只走得了 GPT-2");
  const encoded = await encodeText({ engine, model }, text);
  const traces = new Map(await engine.traces(model.id, encoded.ids, [...ALL_TRACES, "ln_final.*"]));
  const logits = traces.get("logits")!;
  traces.delete("logits");
  const size = config.vocabularySize;
  const guesses: Guess[][] = [];
  for (const place of encoded.ids.keys()) {
    const row = logits.data.subarray(place * size, (place + 1) * size);
    const probabilities = softmax(row);
    guesses.push(
      topIndices(row, GUESSES).map(({ index, value }) => ({
        text: model.vocabulary[index] ?? "",
        logit: value,
        probability: probabilities[index]!,
      })),
    );
    // A vocabulary may be long: the page can be used meanwhile.
    await nextTurn();
    signal.throwIfAborted();
  }
  const mark = encoded.tokens.slice(0, encoded.front).join("");
  const characters = encoded.tokens.slice(encoded.front).every((token) => isMark(token) || [...token].length === 1);
  return {
    ...encoded,
    sizes: { ...sizesOf(config), mark, characters },
    traces,
    guesses,
  };
}

function sizesOf(config: Gpt2Config): Omit<Sizes, "mark" | "characters"> {
  const { layers, heads, width, innerWidth, vocabularySize, contextLength, tiedHead, activation, scaling } = config;
  const sizes = { layers, heads, width, innerWidth, vocabularySize, contextLength, tiedHead, activation };
  return scaling ? { ...sizes, scaling } : sizes;
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
