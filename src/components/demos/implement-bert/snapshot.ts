import type { EngineCalls } from "../../../engine/client.ts";
import { softmax } from "../../../engine/decoding/softmax.ts";
import { topIndices } from "../../../engine/decoding/top-indices.ts";
import { EngineError } from "../../../engine/errors.ts";
import type { UnknownCharacter } from "../../../engine/files/tokenizer.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import { namesOf, type TokenNames } from "../../kit/figure/names.ts";
import { ALL_TRACES, type Snapshot } from "../../subjects/reading/snapshot.ts";
import { followProbability } from "../../subjects/sentences/pairs.ts";

export const MODEL = "bert-zh";

/** Characters of each sentence: two of them, with the special tokens, fit into the model. */
export const MAX_CHARACTERS = 60;

/** Guesses that are kept of each place. */
const GUESSES = 8;

/** One reading of the model: all that the page shows of it. */
export interface BertSnapshot extends Snapshot {
  /** 0 for the first sentence, 1 for the second. */
  readonly segments: readonly number[];
  /** What the vocabulary does not have. */
  readonly unknown: readonly UnknownCharacter[];
  /** Probability that the second sentence follows the first. */
  readonly follows: number;
  /** What the tokens of the guesses stand for. */
  readonly names: TokenNames;
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
 * @throws EngineError `bad-input` for no text, or too much of it
 */
export async function takeSnapshot(
  engine: Pick<EngineCalls, "encode" | "read">,
  sentences: Sentences,
  { contextLength, vocabulary }: Pick<ModelInfo, "contextLength" | "vocabulary">,
): Promise<BertSnapshot> {
  const [first, second] = [sentences.first.trim(), sentences.second.trim()];
  if (first === "") throw new EngineError("bad-input", "第一句是空的，先写几个字");
  const { ids, segments, tokens, unknown } = await engine.encode(MODEL, first, second === "" ? undefined : second);
  if (ids.length > contextLength) {
    throw new EngineError("bad-input", `这是 ${ids.length} 个词元，模型最多读 ${contextLength} 个，请删短一些`);
  }
  const guesses = ids.map((_, place) => place);
  const reading = await engine.read(MODEL, { ids, segments }, { guesses, trace: ALL_TRACES });
  const best = reading.tokens.map((logits) => topIndices(softmax(logits), GUESSES));
  return {
    label: second === "" ? first : `${first} / ${second}`,
    ids,
    segments,
    tokens,
    unknown,
    traces: reading.traces,
    guesses: best,
    names: namesOf(
      best.flatMap((place) => place.map(({ index }) => index)),
      vocabulary,
    ),
    follows: followProbability(reading.nextSentence),
  };
}
