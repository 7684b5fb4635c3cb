import { addGrams, gramMatrix, type Points, type SymmetricMatrix } from "../analysis/gram.ts";
import { probeAccuracy } from "../analysis/probe.ts";
import { type Split, stratifiedSplits } from "../analysis/splits.ts";
import { EngineError } from "../errors.ts";
import { checkRanges, type Ranges } from "../ranges.ts";
import { maxOf, mean, minOf, variance } from "../statistics.ts";
import { type Experiment, type Laboratory, nextTurn } from "./experiment.ts";

/** One way to represent every sentence as a vector. */
export interface Representation {
  readonly name: string;
  /** Laid side by side where there are several. */
  readonly parts: readonly Points[];
}

export interface ProbeSettings {
  readonly representations: readonly Representation[];
  /** [sentences]: 0 … classes − 1 */
  readonly labels: Uint8Array;
  /** The sentences are dealt out to so many folds, each of which is held out once … */
  readonly folds: number;
  /** … and all that so many times. */
  readonly repeats: number;
}

export type ProbeMetrics = {
  readonly representation: string;
  /** Mean share of held-out sentences whose class the probe gets right. */
  readonly accuracy: number;
  /** Standard deviation of that share over the splits. */
  readonly deviation: number;
  readonly lowest: number;
  readonly highest: number;
  readonly splits: number;
};

export const PROBE_RANGES: Ranges<ProbeSettings> = {
  folds: { name: "折数", min: 2, max: 20, whole: true },
  repeats: { name: "重复的次数", min: 1, max: 50, whole: true },
};
const MAX_SENTENCES = 500;

/** Which representation tells classes of sentences apart best: a linear probe on each of them, over the same splits. One record for each. */
export class ProbeExperiment implements Experiment<ProbeMetrics, null, null> {
  readonly #settings: ProbeSettings;
  readonly #splits: readonly Split[];

  /** @throws EngineError `bad-input` if a setting is out of its range, or the sentences do not fit their labels */
  constructor({ random }: Pick<Laboratory, "random">, settings: ProbeSettings) {
    checkRanges(settings, PROBE_RANGES);
    const { representations, labels, folds, repeats } = settings;
    if (labels.length > MAX_SENTENCES) {
      throw new EngineError("bad-input", `有 ${labels.length} 句，最多 ${MAX_SENTENCES} 句`);
    }
    const points = representations.flatMap(({ parts }) => parts);
    if (points.some(({ data, width }) => data.length !== labels.length * width)) {
      throw new EngineError("bad-input", "句子和类别的个数对不上");
    }
    this.#settings = settings;
    this.#splits = stratifiedSplits(labels, folds, repeats, random);
  }

  // #region compare
  async *run(): AsyncGenerator<ProbeMetrics, void, undefined> {
    const { representations, labels } = this.#settings;
    const classes = maxOf(labels) + 1;
    // Layers come again in what lies side by side.
    const grams = new Map<Points, SymmetricMatrix>();
    for (const { name, parts } of representations) {
      for (const points of parts) if (!grams.has(points)) grams.set(points, gramMatrix(points));
      const gram = addGrams(parts.map((points) => grams.get(points)!));
      const accuracies: number[] = [];
      for (const split of this.#splits) {
        accuracies.push(probeAccuracy(gram, labels, classes, split));
        await nextTurn();
      }
      yield { representation: name, ...spreadOf(accuracies) };
    }
  }
  // #endregion

  async ask(): Promise<null> {
    return null;
  }

  dispose(): void {
    // Holds nothing on the backend.
  }
}

function spreadOf(values: readonly number[]): Omit<ProbeMetrics, "representation"> {
  return {
    accuracy: mean(values),
    // Of a sample: the splits are some of many.
    deviation: Math.sqrt((variance(values) * values.length) / (values.length - 1)),
    lowest: minOf(values),
    highest: maxOf(values),
    splits: values.length,
  };
}
