import type { Reading } from "../../../../engine/models/bert-reading.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { hideOneMore, type MaskedSentence } from "./sentence.ts";

/** Variants of a sentence that are read at once: few enough that a new wish of the reader's does not wait long. */
const BATCH = 8;

/** What the model makes of a sentence with one place hidden that can be seen otherwise. */
export interface HiddenReading {
  readonly place: number;
  readonly reading: Reading;
}

/** Reads a sentence again with each token hidden that is left, some at a time, until all are done or the signal aborts. */
export async function* readHidingOneMore(
  { engine, model, signal }: WorkContext,
  sentence: MaskedSentence,
  maskId: number,
): AsyncGenerator<readonly HiddenReading[], void, undefined> {
  const variants = hideOneMore(sentence, maskId);
  for (let start = 0; start < variants.length; start += BATCH) {
    const part = variants.slice(start, start + BATCH);
    const readings = await engine.readTexts(
      model.id,
      part.map(({ text }) => text),
    );
    if (signal.aborted) return;
    yield part.map(({ place }, i) => ({ place, reading: readings[i]! }));
  }
}
