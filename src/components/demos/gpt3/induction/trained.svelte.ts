import type { InductionMetrics } from "../../../../engine/experiments/induction.ts";

/** What the reader's own training of two layers has measured, once it is over; the exercise below it is judged by it. */
class OwnTraining {
  records: readonly InductionMetrics[] | undefined = $state.raw();
}

export const trained = new OwnTraining();
