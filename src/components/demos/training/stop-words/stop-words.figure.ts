import { readFile } from "node:fs/promises";
import { CharacterModel, type LabelledText } from "../../../../engine/analysis/character-model.ts";
import { csvOf, shareColumns } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { shareEstimate } from "../../../kit/text/statistics.ts";
import { STOP_WORDS, TELLING, withoutStopWords } from "./stop-words.ts";

/** A bag-of-words classifier of feelings, and what it reads. */
interface Row {
  readonly read: string;
  readonly right: number;
  readonly asked: number;
  /** Characters of a sentence, on average, and different ones in all. */
  readonly length: number;
  readonly kinds: number;
}

/** Sentences written for this book, glad or not: the class, then the text. */
async function labelled(name: string): Promise<LabelledText[]> {
  const file = await readFile(`training/sentences/${name}.tsv`, "utf8");
  return file
    .trim()
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([label, text = ""]) => ({ text, label: Number(label) }));
}

const WAYS: readonly { readonly read: string; readonly clean: (text: string) => string }[] = [
  { read: "原来的句子", clean: (text) => text },
  { read: "去掉停用词", clean: (text) => withoutStopWords(text) },
  {
    read: `去掉停用词，留下${TELLING.map((word) => `「${word}」`).join("")}`,
    clean: (text) =>
      withoutStopWords(
        text,
        STOP_WORDS.filter((word) => !TELLING.includes(word)),
      ),
  },
];

export const bags = await recordedFigure("stop-words", {
  models: {},
  work: async (): Promise<readonly Row[]> => {
    const [training, exam] = [await labelled("train-feelings"), await labelled("test-feelings")];
    return WAYS.map(({ read, clean }) => {
      const cleaned = (texts: readonly LabelledText[]) =>
        texts.map(({ text, label }) => ({ text: clean(text), label }));
      const own = cleaned(training);
      const accuracy = new CharacterModel(own, 2).accuracy(cleaned(exam));
      const all = own.map(({ text }) => text).join("");
      return {
        read,
        right: Math.round(accuracy * exam.length),
        asked: exam.length,
        length: [...all].length / own.length,
        kinds: new Set(all).size,
      };
    });
  },
  table: (rows) =>
    csvOf<Row>(
      [
        { head: "分类器读的", cell: ({ read }) => read },
        ...shareColumns<Row>("答对", ({ right, asked }) => shareEstimate(right, asked)),
        { head: "一句平均几个字", cell: ({ length }) => length },
        { head: "不同的字", cell: ({ kinds }) => kinds },
      ],
      rows,
    ),
});
