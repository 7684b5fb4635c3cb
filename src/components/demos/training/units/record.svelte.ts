import type { Run } from "./units.ts";

/** What the demo of this page has trained last on the reader's machine; the exercise beside it is judged by it. */
class TrainedRecord {
  runs: readonly Run[] = $state.raw([]);
  /** The steps that they were to make. */
  steps = $state(0);
}

export const record = new TrainedRecord();
