import { checkRanges, type Ranges } from "../ranges.ts";
import { SHORTEST } from "./readings.ts";
import { SEQ2SEQ_RANGES, type Seq2SeqSettings } from "./seq2seq-settings.ts";

/** Everything that can be set about a translator from numbers and dates to how they are read. */
export interface TranslatorSettings extends Omit<Seq2SeqSettings, "pairs"> {
  /** Of the longest number. */
  readonly digits: number;
  /** Pairs that are drawn, at most. */
  readonly pairs: number;
}

// #region defaults
export const TRANSLATOR_DEFAULTS: TranslatorSettings = {
  architecture: "lstm",
  digits: 9,
  pairs: 16_000,
  layers: 1,
  width: 64,
  heads: 2,
  batch: 32,
  steps: 800,
  learningRate: 0.01,
  measured: 360,
  every: 100,
};
// #endregion

/** What each number may be. */
export const TRANSLATOR_RANGES: Ranges<TranslatorSettings> = {
  ...SEQ2SEQ_RANGES,
  // With ten a number is as long as a date.
  digits: { name: "最长几位数", min: SHORTEST, max: 9, whole: true },
  pairs: { name: "对数", min: 100, max: 20_000, whole: true },
};

/** @throws EngineError as `checkRanges` */
export function checkTranslatorSettings(settings: TranslatorSettings): void {
  checkRanges(settings, TRANSLATOR_RANGES);
}
