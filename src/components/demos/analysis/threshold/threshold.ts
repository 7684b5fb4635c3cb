import { type Confusion, confusionAt, type Scored } from "../../../../engine/analysis/classification.ts";
import { logOdds } from "../../../../engine/analysis/occlusion.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { type Column, csvOf, shareColumns } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { inBatches } from "../../../kit/run/in-batches.ts";
import { choice, number } from "../../../kit/state/fields.ts";
import { areaUnder, type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";

export const MODEL = "sentiment-zh";

/** The reviews of a category, or sentences of ours, by the order of what is said of them. */
export interface TextSet {
  readonly category: string;
  readonly texts: readonly Scored[];
}

/** A category of the held-out reviews as it is sent: log-odds, and a 1 for every text that is good. */
export interface SentSet {
  readonly category: string;
  readonly odds: readonly number[];
  readonly good: string;
}

export const ALL = "全部";
export const OWN = "我们的一百句";

/** Names of the eleven categories, in the order of the record. */
export const CATEGORIES = [
  "书籍",
  "外卖",
  "平板",
  "手机",
  "水果",
  "洗发水",
  "热水器",
  "蒙牛",
  "衣服",
  "计算机",
  "酒店",
];

export const fields = {
  threshold: number({
    label: "阈值",
    initial: 0.5,
    min: 0.01,
    max: 0.99,
    step: 0.01,
    hint: "好评的概率到多少才说是好评",
  }),
  texts: choice({
    label: "哪些文字",
    initial: ALL,
    options: [ALL, ...CATEGORIES, OWN].map((value) => ({ value, label: value })),
  }),
};

/** A sentence of ours with its label. */
export interface OwnSentence {
  readonly text: string;
  readonly good: boolean;
}

/** What the demo knows: the reviews from the record, and what is said of our own sentences. */
export interface Figure {
  readonly reviews: readonly SentSet[];
  readonly own: readonly (OwnSentence & Scored)[];
}

/** Sentences that are read at once. */
const AT_ONCE = 20;

// #region own
/** What the model says of our own sentences. */
export async function* scoreOwn(
  { engine, model }: WorkContext,
  sentences: readonly OwnSentence[],
): AsyncGenerator<(OwnSentence & Scored)[], void, undefined> {
  const good = model.config.architecture === "bert" ? model.config.classNames.indexOf("good") : -1;
  if (good < 0) throw new EngineError("unsupported-model", "这个模型分不出好评和差评");
  const scored: (OwnSentence & Scored)[] = [];
  for (const batch of inBatches(sentences, AT_ONCE)) {
    const texts = await Promise.all(batch.map(({ text }) => engine.encode(model.id, text)));
    const readings = await engine.readTexts(model.id, texts);
    for (const [i, sentence] of batch.entries()) {
      scored.push({ ...sentence, odds: logOdds(readings[i]!.classes!, good) });
    }
    yield [...scored];
  }
}
// #endregion

export function setsOf({ reviews, own }: Figure): TextSet[] {
  const sets = reviews.map(
    ({ category, odds, good }): TextSet => ({
      category,
      texts: odds.map((value, i) => ({ odds: value, good: good[i] === "1" })),
    }),
  );
  return [...sets, { category: OWN, texts: own }];
}

/** The texts of a category, or of all categories of reviews. */
export function textsOf(sets: readonly TextSet[], wanted: string): readonly Scored[] {
  if (wanted === ALL) return sets.filter(({ category }) => category !== OWN).flatMap(({ texts }) => texts);
  return sets.find(({ category }) => category === wanted)?.texts ?? [];
}

/** Measures with their 95 % intervals; null where there is nothing to divide by. */
export type Estimates = Readonly<Record<"accuracy" | "precision" | "recall", Estimate | null>>;

export function estimatesOf({ truePositive, falsePositive, falseNegative, trueNegative }: Confusion): Estimates {
  const right = truePositive + trueNegative;
  return {
    accuracy: shareEstimate(right, right + falsePositive + falseNegative),
    precision: shareEstimate(truePositive, truePositive + falsePositive),
    recall: shareEstimate(truePositive, truePositive + falseNegative),
  };
}

/** The area under the ROC curve: how often a good text has more than a bad one. */
export function areaOf(texts: readonly Scored[]): Estimate | null {
  const oddsOf = (good: boolean): number[] => texts.filter((text) => text.good === good).map(({ odds }) => odds);
  return areaUnder(oddsOf(true), oddsOf(false));
}

/** A row of the table by categories. */
export interface Line extends Estimates {
  readonly category: string;
  readonly count: number;
}

export function linesAt(sets: readonly TextSet[], threshold: number): Line[] {
  return [ALL, ...sets.map(({ category }) => category)].map((category) => {
    const texts = textsOf(sets, category);
    return { category, count: texts.length, ...estimatesOf(confusionAt(texts, threshold)) };
  });
}

export const columns: readonly Column<Line>[] = [
  { head: "文字", cell: ({ category }) => category },
  { head: "条数", cell: ({ count }) => count },
  ...shareColumns<Line>("准确率", ({ accuracy }) => accuracy),
  ...shareColumns<Line>("精确率", ({ precision }) => precision),
  ...shareColumns<Line>("召回率", ({ recall }) => recall),
];

export const tableOf = (sets: readonly TextSet[], threshold: number): CsvTable =>
  csvOf(columns, linesAt(sets, threshold));
