import type { FINE_TUNE_DEFAULTS, FineTuneSettings } from "../../../../engine/experiments/fine-tune-settings.ts";
import type { Estimate } from "../../../kit/text/statistics.ts";
import type { SetName } from "./sets/sets.ts";

/** One way of fine-tuning on one task, over several seeds; shares of the validation texts, with intervals over these texts. */
export interface FineTuneRow {
  readonly set: SetName;
  readonly examples: number;
  /** What differs from the default settings. */
  readonly changes: Partial<Pick<FineTuneSettings, keyof typeof FINE_TUNE_DEFAULTS>>;
  /** Validation texts. */
  readonly tests: number;
  /** Right under the head as it is drawn. */
  readonly fresh: Estimate;
  readonly bert: Estimate;
  /** Right by the linear model on bags of characters. */
  readonly characters: Estimate;
  /** `bert` less `characters`, text by text. */
  readonly difference: Estimate;
  /** Seeds with which BERT gets more right than the linear model. */
  readonly ahead: number;
  /** `bert` less that of the first row of the same task, text by text; null for the first. */
  readonly gain: Estimate | null;
}

/** What `npm run fine-tune -- --save` writes. */
export interface FineTuneRecord {
  readonly command: string;
  readonly date: string;
  readonly processor: string;
  readonly node: string;
  /** SHA-256 of `model.safetensors`, by model. */
  readonly weights: Readonly<Record<string, string>>;
  readonly settings: typeof FINE_TUNE_DEFAULTS;
  readonly seeds: readonly number[];
  readonly rows: readonly FineTuneRow[];
}
