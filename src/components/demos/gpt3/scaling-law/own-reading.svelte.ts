import type { Reading } from "./read.ts";

/** What the reader's own run has measured last, once it is over; the exercise below the demo is judged by it. */
class OwnReading {
  reading: Reading | undefined = $state.raw();
}

export const ownReading = new OwnReading();
