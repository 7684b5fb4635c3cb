import type { Optimised } from "./write.ts";

/** What the reader's own poems have measured, once they are all written; the exercise below the demo is judged by it. */
class OwnPoems {
  optimised: Optimised | undefined = $state.raw();
}

export const own = new OwnPoems();
