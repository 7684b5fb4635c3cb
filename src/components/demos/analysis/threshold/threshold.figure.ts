import { readFile } from "node:fs/promises";
import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { readRecord } from "../../../kit/figure/record.ts";
import { type Figure, MODEL, type OwnSentence, type SentSet, scoreOwn } from "./threshold.ts";

/** Our hundred sentences of feeling, of which the model has read none. */
async function ownSentences(): Promise<OwnSentence[]> {
  const file = await readFile("training/sentences/test-feelings.tsv", "utf8");
  return file
    .trim()
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([label, text = ""]) => ({ text, good: label === "1" }));
}

/** The reviews are those of a record, which has no texts: the corpus is not ours to print. */
export const scored = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Figure> => {
    const { data } = await readRecord("held-out");
    const { sets } = data as { readonly sets: readonly SentSet[] };
    let own: Figure["own"] = [];
    for await (const now of scoreOwn(context, await ownSentences())) own = now;
    return { reviews: sets, own };
  },
});
