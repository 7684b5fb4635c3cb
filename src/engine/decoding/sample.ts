import type { Step, TokenTree } from "../models/token-tree.ts";
import { Random } from "../random.ts";
import { type Choice, extendWith, type FinishReason, roomFor } from "./choice.ts";
import { greedyToken } from "./greedy.ts";
import { drawToken } from "./multinomial.ts";
import { filterLogits, lastStage, type Stages } from "./pipeline.ts";
import { type GenerationSettings, validateSettings } from "./settings.ts";
import { logSoftmax, softmax } from "./softmax.ts";

/** One token of one sequence. */
export interface SampledToken extends Choice {
  readonly type: "token";
  /** Index of the sequence, from 0. */
  readonly sequence: number;
  /** Log-probability under the model itself. */
  readonly logProb: number;
  /** Log-probability under the filtered distribution, the one that the token was drawn from. */
  readonly filteredLogProb: number;
  /** What each filter saw and dropped. */
  readonly stages: Stages;
}

/** A sequence is complete; nothing more comes from it. */
export interface SequenceFinished {
  readonly type: "finish";
  readonly sequence: number;
  readonly reason: FinishReason;
}

export type SampleEvent = SampledToken | SequenceFinished;

/** A sampled token without what its filters saw: that is some hundred kB per token, and the page can compute it from the logits. */
export type SampleUpdate = Omit<SampledToken, "stages"> | SequenceFinished;

/** A sequence that still grows. */
interface Growing {
  readonly sequence: number;
  readonly random: Random;
  /** Prompt and generated tokens. */
  readonly history: readonly number[];
  /** The model's answer at the last of them. */
  readonly step: Step;
}

/**
 * Generates `numReturnSequences` continuations of a prompt token by token, by sampling or (`doSample: false`) greedily.
 *
 * Means what `generate()` in Python's transformers means, except that the prompt and the text together never exceed the context. All
 * sequences grow in one batch that shrinks as they end. Each draws from its own stream of random numbers, the i-th fork of the seed's: so
 * the i-th text depends on the seed and on i, not on how many others there are or when they end.
 *
 * Each round yields the tokens of all growing sequences, in their order, once they are in the tree; `return()` ends the generator after
 * any of them.
 *
 * @throws EngineError `bad-input`: settings that cannot be used, an empty prompt or one longer than the context
 */
export async function* sample(
  tree: TokenTree,
  promptIds: readonly number[],
  settings: GenerationSettings,
): AsyncGenerator<SampleEvent, void, undefined> {
  validateSettings(settings);
  const prompt = await tree.append(null, promptIds);
  const room = roomFor(promptIds.length, tree.contextLength, settings.maxNewTokens);

  const seeds = new Random(settings.seed);
  let growing: Growing[] = Array.from({ length: settings.numReturnSequences }, (_, sequence) => {
    return { sequence, random: seeds.fork(), history: promptIds, step: prompt };
  });
  if (room.tokens === 0) {
    for (const { sequence } of growing) yield { type: "finish", sequence, reason: room.reason };
    return;
  }

  for (let count = 1; growing.length > 0; count++) {
    const reasonFor = (token: number): FinishReason | null => {
      if (settings.endIds.includes(token)) return "end";
      return count === room.tokens ? room.reason : null;
    };
    const choices = growing.map((text) => {
      const chosen = chooseToken(text, settings);
      return { text, chosen, reason: reasonFor(chosen.token) };
    });
    const goingOn = choices.filter(({ reason }) => reason === null).map(({ chosen }) => chosen);
    const steps = await extendWith(tree, goingOn);

    growing = [];
    for (const { text, chosen, reason } of choices) {
      const step = reason === null ? steps.shift() : undefined;
      yield { ...chosen, node: step?.node ?? null };
      if (step) growing.push({ ...text, history: [...text.history, chosen.token], step });
      if (reason) yield { type: "finish", sequence: text.sequence, reason };
    }
  }
}

// #region choose
function chooseToken(
  { sequence, random, history, step }: Growing,
  settings: GenerationSettings,
): Omit<SampledToken, "node"> {
  const stages = filterLogits(step.logits, history, settings);
  const { logits } = lastStage(stages);
  const token = settings.doSample ? drawToken(softmax(logits), random) : greedyToken(logits);
  return {
    type: "token",
    sequence,
    parent: step.node,
    token,
    logProb: logSoftmax(step.logits)[token] as number,
    filteredLogProb: logSoftmax(logits)[token] as number,
    stages,
  };
}
// #endregion
