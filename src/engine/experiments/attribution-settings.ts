import { EngineError } from "../errors.ts";
import { MAX_STEPS } from "../models/bert-gradients.ts";
import type { ClassifiedText } from "../models/bert-words.ts";
import { checkRanges, type Ranges } from "../ranges.ts";

export interface AttributionSettings {
  /** Of the site: a classifier. */
  readonly model: string;
  readonly text: ClassifiedText;
  /** Of the tokens that are explained, counted with [CLS] at 0. */
  readonly places: readonly number[];
  /** The class whose log-odds are explained. */
  readonly chosen: number;
  /** What stands for a hidden token: another token, by its id, a vector of zeros, or the mean of all word embeddings. */
  readonly baseline: number | "zero" | "mean";
  /** Points at which integrated gradients look. */
  readonly steps: number;
  /** Texts that LIME and KernelSHAP sample. */
  readonly samples: number;
  /** Parts of the model whose weights are drawn anew, from the output down. */
  readonly randomized: number;
}

export const ATTRIBUTION_RANGES: Ranges<AttributionSettings> = {
  chosen: { name: "类别", min: 0, max: Number.POSITIVE_INFINITY, whole: true },
  steps: { name: "积分的步数", min: 1, max: MAX_STEPS, whole: true },
  samples: { name: "抽多少个样本", min: 16, max: 4096, whole: true },
  randomized: { name: "随机化几个部分", min: 0, max: 128, whole: true },
};

/** @throws EngineError `bad-input` if a setting cannot be used */
export function checkAttributionSettings(settings: AttributionSettings): void {
  checkRanges(settings, ATTRIBUTION_RANGES);
  const { text, places } = settings;
  if (places.length === 0) throw new EngineError("bad-input", "至少要有一个词元可以遮住");
  const wrong = places.find((place, i) => text.ids[place] === undefined || places.indexOf(place) !== i);
  if (wrong !== undefined) throw new EngineError("bad-input", `位置 ${wrong} 上没有词元，或者列了两次`);
}
