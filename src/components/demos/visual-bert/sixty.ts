import type { WorkContext } from "../../kit/figure/types.ts";
import { type Marked, mark } from "../../subjects/sentences/exam.ts";
import { PLAIN_SENTENCES } from "../../subjects/sentences/plain-sentences.ts";
import { MASK } from "../../subjects/sentences/special-tokens.ts";

/** Sentences that are read at once. */
const BATCH = 6;

/** The model's guesses at the gaps of the plain sentences, as far as they are read. */
export async function* examine({ engine, model }: WorkContext): AsyncGenerator<readonly Marked[], void, undefined> {
  let marked: readonly Marked[] = [];
  for (let start = 0; start < PLAIN_SENTENCES.length; start += BATCH) {
    const part = PLAIN_SENTENCES.slice(start, start + BATCH);
    const texts = await Promise.all(part.map(({ text }) => engine.encode(model.id, text)));
    const readings = await engine.readTexts(
      model.id,
      texts.map((text) => ({ ...text, guesses: [text.tokens.indexOf(MASK)] })),
    );
    marked = [...marked, ...part.map((blank, i) => mark(blank, readings[i]!.tokens[0]!, model.vocabulary))];
    yield marked;
  }
}
