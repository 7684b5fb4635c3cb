import { entropyBits } from "../../../../engine/decoding/entropy.ts";
import type { Stage, Stages } from "../../../../engine/decoding/pipeline.ts";
import { softmax } from "../../../../engine/decoding/softmax.ts";
import { type Ranked, topIndices } from "../../../../engine/decoding/top-indices.ts";

/** Tokens named as examples of what a filter threw away. */
const EXAMPLES = 4;

/** What the reader is told about one stage of the filters. */
export interface StageFacts {
  readonly name: Stage["name"];
  /** The distribution after this stage, [vocabulary]. */
  readonly probabilities: Float32Array;
  /** Tokens that are still possible after it. */
  readonly survivors: number;
  /** Probability, in the distribution before it, of the tokens that it ruled out; 0–1. */
  readonly lost: number;
  /** The most probable of those tokens, by that distribution, best first. */
  readonly examples: readonly Ranked[];
  /** Entropy of the distribution after it, in bits. */
  readonly entropy: number;
}

/** At least one: the model's own, before any filter. */
export type Facts = readonly [StageFacts, ...StageFacts[]];

/** What is left behind all filters. */
export function lastOf(facts: Facts): StageFacts {
  return facts.at(-1) ?? facts[0];
}

/** The facts of every stage, in order. */
export function describeStages(stages: Stages): Facts {
  const first = describe(stages[0], new Float32Array());
  const facts: [StageFacts, ...StageFacts[]] = [first];
  let previous = first;
  for (const stage of stages.slice(1)) {
    previous = describe(stage, previous.probabilities);
    facts.push(previous);
  }
  return facts;
}

function describe({ name, logits, dropped }: Stage, earlier: Float32Array): StageFacts {
  const probabilities = softmax(logits);
  const thrown = new Float32Array(earlier.length).fill(Number.NEGATIVE_INFINITY);
  let lost = 0;
  for (const id of dropped) {
    const probability = earlier[id] ?? 0;
    thrown[id] = probability;
    lost += probability;
  }
  let survivors = 0;
  for (const logit of logits) if (logit !== Number.NEGATIVE_INFINITY) survivors++;
  const examples = topIndices(thrown, EXAMPLES);
  return { name, probabilities, survivors, lost, examples, entropy: entropyBits(probabilities) };
}
