import type { WorkContext } from "../../../kit/figure/types.ts";
import type { Marked } from "./marks.ts";
import { oddsOfGood } from "./opinion.ts";
import { EXAM_SENTENCES } from "./sentences.ts";

/** Sentences that are read at once. */
const BATCH = 8;

/** What the classifier makes of the sentences of the examination, as far as they are read. */
export async function* examine({ engine, model }: WorkContext): AsyncGenerator<readonly Marked[], void, undefined> {
  let marked: readonly Marked[] = [];
  for (let start = 0; start < EXAM_SENTENCES.length; start += BATCH) {
    const part = EXAM_SENTENCES.slice(start, start + BATCH);
    const texts = await Promise.all(part.map(({ text }) => engine.encode(model.id, text)));
    const readings = await engine.readTexts(model.id, texts);
    marked = [...marked, ...part.map((sentence, i) => ({ sentence, odds: oddsOfGood(model, readings[i]!) }))];
    yield marked;
  }
}
