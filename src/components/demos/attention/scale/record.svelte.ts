import type { SoftmaxScaleMetrics } from "../../../../engine/experiments/softmax-scale.ts";

/** What the demo of this page has drawn last on the reader's machine; the exercise beside it is judged by it. */
class DrawnRecord {
  drawn: readonly SoftmaxScaleMetrics[] = $state.raw([]);
}

export const record = new DrawnRecord();
