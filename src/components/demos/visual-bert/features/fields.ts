import { choice, integer, text } from "../../../kit/state/hash-state.ts";
import { BERT, CLASSIFIER } from "../chapter-models.ts";
import { MAX_LENGTH, MAX_OWN, type Task } from "./labelled.ts";
import type { Pooling, Source } from "./vectors.ts";

/** Sources as the address writes them. */
const SOURCES = ["bag", "0", "1", "2", "3", "4", "5", "6", "sum", "concat"] as const;

/** The encoders whose layers can be looked at: as it was pre-trained, and fine-tuned. */
const MODELS = [BERT, CLASSIFIER] as const;
export type EncoderId = (typeof MODELS)[number];

/** What the reader can set. */
export const fields = {
  model: choice<EncoderId>({ initial: BERT, values: MODELS }),
  source: choice<(typeof SOURCES)[number]>({ initial: "5", values: SOURCES }),
  pooling: choice<Pooling>({ initial: "mean", values: ["mean", "cls"] }),
  task: choice<Task>({ initial: "topic", values: ["topic", "feeling"] }),
  method: choice<"pca" | "t-sne">({ initial: "pca", values: ["pca", "t-sne"] }),
  perplexity: integer({ initial: 20, min: 2, max: 50 }),
  steps: integer({ initial: 750, min: 50, max: 2000 }),
  repeats: integer({ initial: 4, min: 1, max: 10 }),
  own: text({ initial: "外面的雪真大\n我把药吃了", maxLength: MAX_OWN * (MAX_LENGTH + 1) }),
  seed: integer({ initial: 1, min: 0, max: 999_999 }),
};

/** Folds of a probe's cross-validation. */
export const FOLDS = 5;

/** A source of the address. */
export function sourceOf(written: (typeof SOURCES)[number]): Source {
  return written === "bag" || written === "sum" || written === "concat" ? written : Number(written);
}

/** A source for the address; undefined if it has no name there. */
export function writtenSource(source: Source): (typeof SOURCES)[number] | undefined {
  return SOURCES.find((written) => written === String(source));
}
