import type { FineTuneMetrics } from "../../../../engine/experiments/fine-tune.ts";
import type { FineTuneSettings } from "../../../../engine/experiments/fine-tune-settings.ts";

/** A fine-tuning that is over. */
export interface OwnTuning {
  readonly settings: FineTuneSettings;
  readonly records: readonly FineTuneMetrics[];
  /** Share of the validation texts that the linear model on bags of characters gets right. */
  readonly characters: number;
}

/** What the reader's own fine-tuning has measured, once it is over; the exercise below it is judged by it. */
class Own {
  tuning: OwnTuning | undefined = $state.raw();
}

export const own = new Own();
