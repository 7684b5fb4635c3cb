import type { EngineClient } from "../../../engine/client.ts";
import { softmax } from "../../../engine/decoding/softmax.ts";
import { type Ranked, topIndices } from "../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { EncodedText } from "../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../engine/tensor/trace.ts";
import { followProbability } from "../../subjects/sentences/pairs.ts";

export const MODEL = "bert-zh";

/** Characters of each sentence: two of them, with the special tokens, fit into the model. */
export const MAX_CHARACTERS = 60;

/** Everything that the model has a name for: the page shows most of it, of every layer. */
const TRACES = ["*", "blocks.*.*", "blocks.*.*.*"];

/** Guesses that are kept of each place. */
const GUESSES = 8;

/** One reading of the model: all that the page shows of it. */
export interface Snapshot extends Pick<EncodedText, "ids" | "segments" | "tokens"> {
  /** The text as the reader wrote it. */
  readonly label: string;
  /** Tokens that stand for something that the vocabulary does not have. */
  readonly unknown: number;
  readonly traces: ReadonlyMap<string, HostTensor>;
  /** Of every place the likeliest tokens, likeliest first. */
  readonly guesses: readonly (readonly Ranked[])[];
  /** Probability that the second sentence follows the first. */
  readonly follows: number;
}

/** What the reader wants to be read. */
export interface Sentences {
  readonly first: string;
  /** Empty: there is none. */
  readonly second: string;
}

/**
 * Reads the sentences, with everything that can be traced, in one go.
 *
 * @param contextLength most tokens that the model can read
 * @throws EngineError `bad-input` for no text, or too much of it
 */
export async function takeSnapshot(
  engine: Pick<EngineClient, "encode" | "read">,
  sentences: Sentences,
  contextLength: number,
): Promise<Snapshot> {
  const [first, second] = [sentences.first.trim(), sentences.second.trim()];
  if (first === "") throw new EngineError("bad-input", "第一句是空的，先写几个字");
  const { ids, segments, tokens } = await engine.encode(MODEL, first, second === "" ? undefined : second);
  if (ids.length > contextLength) {
    throw new EngineError("bad-input", `这是 ${ids.length} 个词元，模型最多读 ${contextLength} 个，请删短一些`);
  }
  const guesses = ids.map((_, place) => place);
  const reading = await engine.read(MODEL, { ids, segments }, { guesses, trace: TRACES });
  return {
    label: second === "" ? first : `${first} / ${second}`,
    ids,
    segments,
    tokens,
    unknown: tokens.filter((token) => token === "[UNK]").length,
    traces: reading.traces,
    guesses: reading.tokens.map((logits) => topIndices(softmax(logits), GUESSES)),
    follows: followProbability(reading.nextSentence),
  };
}

/**
 * What a reading is compared with: the latest earlier one of as many tokens, so that deleting a character and typing another counts as
 * changing it; the latest one at all if there is none.
 *
 * @param earlier latest last
 */
export function referenceFor(current: Snapshot, earlier: readonly Snapshot[]): Snapshot | undefined {
  return earlier.findLast(({ ids }) => ids.length === current.ids.length) ?? earlier.at(-1);
}
