import type { Found } from "./find.ts";

/** What the demo of this page has found last, to its end and on the reader's machine; the exercise beside it is judged by it. */
class WhoRecord {
  found: Found | undefined = $state.raw();
}

export const record = new WhoRecord();
