import type { Lesser } from "./converse.ts";

/** What the reader's own run on this page has found last; the exercise beside the demo is judged by it. */
class Latest {
  /** `undefined` as long as the figure is not the reader's own. */
  lesser: readonly Lesser[] | undefined = $state.raw();
}

export const latest = new Latest();
