import type { WorkContext } from "../../../kit/figure/types.ts";
import { poolReading, type SentenceVectors, TRACE } from "./vectors.ts";

/** Sentences read at once: enough to keep a GPU busy, few enough that progress shows. */
const BATCH = 15;

/**
 * Reads the sentences that are not in `known` yet, batch by batch, and adds what is kept of them.
 * @param onProgress called after every batch, with the number of sentences that are read
 */
export async function readSentences(
  { engine, model, signal }: WorkContext,
  texts: readonly string[],
  known: Map<string, SentenceVectors>,
  onProgress: (done: number) => void,
): Promise<void> {
  const missing = texts.filter((text) => !known.has(text));
  onProgress(texts.length - missing.length);
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    const encoded = await Promise.all(batch.map((text) => engine.encode(model.id, text)));
    const readings = await engine.readTexts(model.id, encoded, { trace: TRACE });
    if (signal.aborted) return;
    for (const [i, text] of batch.entries()) {
      known.set(text, poolReading(readings[i]!, encoded[i]!.ids, model.specialIds));
    }
    onProgress(texts.length - missing.length + start + batch.length);
  }
}
