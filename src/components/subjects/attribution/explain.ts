import type { AttributionMetrics, Attributions, Method } from "../../../engine/experiments/attribution.ts";
import type { AttributionSettings } from "../../../engine/experiments/attribution-settings.ts";
import type { UnknownCharacter } from "../../../engine/files/tokenizer.ts";
import { maxOf } from "../../../engine/statistics.ts";
import type { WorkContext } from "../../kit/figure/types.ts";

const CLASS = "good";

/** What stands for a hidden token: one of these, by its name in the vocabulary, or a vector. */
export const BASELINES = { mask: "[MASK]", pad: "[PAD]", unk: "[UNK]", zero: null, mean: null } as const;
export type Baseline = keyof typeof BASELINES;

/** What six methods say of a text, as far as they are done. */
export interface Explained extends Attributions {
  /** Tokens that are explained, without [CLS] and [SEP]. */
  readonly tokens: readonly string[];
  readonly unknown: readonly UnknownCharacter[];
  readonly at: AttributionMetrics;
}

export interface Settings extends Pick<AttributionSettings, "steps" | "samples" | "randomized"> {
  readonly text: string;
  readonly baseline: Baseline;
  readonly seed: number;
}

/** Lets six methods explain the log-odds of "good" of a text, batch by batch. @throws EngineError as `AttributionExperiment` */
export async function* explain(
  { engine, model, signal }: WorkContext,
  { text, baseline, seed, steps, samples, randomized }: Settings,
): AsyncGenerator<Explained, void, undefined> {
  const { ids, segments, tokens, unknown } = await engine.encode(model.id, text);
  const places = [...ids.keys()].slice(1, -1);
  const chosen = model.config.architecture === "bert" ? model.config.classNames.indexOf(CLASS) : -1;
  const token = BASELINES[baseline];
  const hidden = token ? model.vocabulary.indexOf(token) : baseline === "zero" ? "zero" : "mean";
  const run = await engine.experiment(
    "attribution",
    { model: model.id, text: { ids, segments }, places, chosen, baseline: hidden, steps, samples, randomized },
    seed,
  );
  const names = places.map((place) => unknown.find(({ index }) => index === place)?.char ?? tokens[place]!);
  try {
    for (;;) {
      await run.step();
      if (run.error) throw run.error;
      signal.throwIfAborted();
      if (!run.open) return;
      const found = await run.ask(null);
      // Before that there is no verdict to be explained.
      if (Number.isFinite(found.full)) yield { ...found, tokens: names, unknown, at: run.records.at(-1)! };
    }
  } finally {
    await run.stop();
  }
}

/** What a method says of each token; undefined while it is not done. */
export function valuesOf({ methods }: Pick<Attributions, "methods">, method: Method): Float64Array | undefined {
  return methods.find((own) => own.method === method)?.values;
}

/** Numbers as shares of the largest of them: maps of different models, or methods, have different sizes. */
export function ofLargest(values: Float64Array): Float64Array {
  const largest = maxOf(values.map(Math.abs));
  return values.map((value) => (largest > 0 ? value / largest : 0));
}
