import type { Compared } from "./compare.ts";

/** What the demo of this page has compared last on the reader's machine; the exercise beside it is judged by it. */
class ParityRecord {
  compared: Compared | undefined = $state.raw();
}

export const record = new ParityRecord();
