import type { Row } from "./metrics.ts";
import type { Axis } from "./plan.ts";

/** What the sweep of this page has measured last; the exercise beside it is judged by it. */
class SweepRecord {
  axis: Axis = $state("temperature");
  rows: readonly Row[] = $state.raw([]);
}

export const record = new SweepRecord();
