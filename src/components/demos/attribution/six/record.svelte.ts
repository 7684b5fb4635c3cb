import type { Explained } from "../../../subjects/attribution/explain.ts";

/** What the demo of this page has explained last, to its end and on the reader's machine; the exercise beside it is judged by it. */
class SixRecord {
  explained: Explained | undefined = $state.raw();
  randomized = $state(false);
}

export const record = new SixRecord();
