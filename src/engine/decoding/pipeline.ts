import { banRepeatedNgrams } from "./no-repeat-ngram.ts";
import { penalizeRepetition } from "./repetition-penalty.ts";
import type { GenerationSettings } from "./settings.ts";
import { maxLogit } from "./softmax.ts";
import { applyTemperature } from "./temperature.ts";
import { topK } from "./top-k.ts";
import { topP } from "./top-p.ts";

export type StageName = "model" | "repetition-penalty" | "no-repeat-ngram" | "temperature" | "top-k" | "top-p";

/** What one filter did. */
export interface Stage {
  readonly name: StageName;
  /** The logits after it, [vocabulary]; −Infinity for a token that is ruled out. Their softmax is the distribution after this filter. */
  readonly logits: Float32Array;
  /** Ids of the tokens that this filter (and none before it) ruled out, ascending. */
  readonly dropped: Uint32Array;
}

/** At least one stage: the model's own. */
export type Stages = readonly [Stage, ...Stage[]];

// #region filter
/**
 * Everything between the model's logits and the choice of a token: the filters that the settings switch on, one after the other.
 *
 * The order is that of `generate()` in Python's transformers: repetition penalty, no-repeat n-gram, and then, only when sampling,
 * temperature, top-k, top-p. So top-p cuts a distribution that top-k has cut and temperature has bent. The first stage is the model
 * itself; filters that are off make no stage; the last stage's softmax is the distribution that a token is drawn from.
 *
 * @param logits [vocabulary], not changed (in beam search: log-probabilities)
 * @param history token ids of the text so far, prompt included
 * @throws EngineError `bad-input`: a logit is NaN or +Infinity
 */
export function filterLogits(logits: Float32Array, history: readonly number[], settings: GenerationSettings): Stages {
  maxLogit(logits);
  const stages: [Stage, ...Stage[]] = [{ name: "model", logits, dropped: new Uint32Array() }];
  const apply = (name: StageName, filter: (logits: Float32Array) => Float32Array): void => {
    const before = lastStage(stages).logits;
    const after = filter(before);
    stages.push({ name, logits: after, dropped: newlyMasked(before, after) });
  };

  const { repetitionPenalty, noRepeatNgramSize } = settings;
  if (repetitionPenalty !== 1) apply("repetition-penalty", (z) => penalizeRepetition(z, history, repetitionPenalty));
  if (noRepeatNgramSize > 0) apply("no-repeat-ngram", (z) => banRepeatedNgrams(z, history, noRepeatNgramSize));
  if (settings.doSample) {
    if (settings.temperature !== 1) apply("temperature", (z) => applyTemperature(z, settings.temperature));
    if (settings.topK > 0) apply("top-k", (z) => topK(z, settings.topK));
    if (settings.topP < 1) apply("top-p", (z) => topP(z, settings.topP));
  }
  return stages;
}
// #endregion

/** The stage that the choice is made from. */
export function lastStage(stages: Stages): Stage {
  return stages.at(-1) ?? stages[0];
}

function newlyMasked(before: Float32Array, after: Float32Array): Uint32Array {
  const ids: number[] = [];
  after.forEach((logit, id) => {
    if (logit === Number.NEGATIVE_INFINITY && before[id] !== logit) ids.push(id);
  });
  return Uint32Array.from(ids);
}
