import { mean } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatChange, formatCount, formatNumber } from "../../../kit/text/format.ts";
import { fitPowerLaw, lossAt, type PowerLaw } from "./line.ts";
import type { OwnLoss } from "./read.ts";

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A size of the family, and what its runs have lost on the test set, in nats per character; the first of them is the one that is shipped. */
export interface Measured {
  readonly model: string;
  readonly parameters: number;
  /** Of its training. */
  readonly tokens: number;
  readonly losses: readonly number[];
}

/** The scaling law as `npm run scaling-law` has recorded it. */
export interface Law {
  /** The sizes through which the line goes. */
  readonly fitted: readonly Measured[];
  readonly a: number;
  /** With its 95 % interval. */
  readonly b: Interval & { readonly value: number };
  readonly rSquared: number;
  /** The line, from the smallest to the largest size. */
  readonly band: readonly (Interval & { readonly parameters: number; readonly loss: number })[];
  /** What was said of the largest before it was trained, and what came. */
  readonly heldOut: Measured & { readonly predicted: Interval & { readonly loss: number; readonly noGain: number } };
  /** Of the test set. */
  readonly characters: number;
  readonly texts: number;
}

/** All sizes, the one that was held out last. */
export function sizesOf({ fitted, heldOut }: Law): readonly Measured[] {
  return [...fitted, heldOut];
}

export function lineOf({ a, b }: Law): PowerLaw {
  return { a, b: b.value };
}

export const meanOf = ({ losses }: Measured): number => mean(losses);

/** By how much the prediction was off, as a share of what was measured. */
export function offBy({ heldOut }: Law): number {
  return heldOut.predicted.loss / meanOf(heldOut) - 1;
}

/** Floating-point operations of a training, 6 N D. */
export const operationsOf = ({ parameters, tokens }: Pick<Measured, "parameters" | "tokens">): number =>
  6 * parameters * tokens;

/** A size with both of its losses. */
export interface Row extends Measured {
  readonly line: number;
  readonly heldOut: boolean;
  /** On the reader's text; null before it was measured. */
  readonly own: number | null;
}

export function rowsOf(law: Law, own: readonly OwnLoss[]): readonly Row[] {
  return sizesOf(law).map((size) => ({
    ...size,
    line: lossAt(lineOf(law), size.parameters),
    heldOut: size.model === law.heldOut.model,
    own: own.find(({ model }) => model === size.model)?.loss ?? null,
  }));
}

const nats = (value: number): string => formatNumber(value, 3);

export const columns: readonly Column<Row>[] = [
  { head: "模型", cell: ({ model }) => model },
  { head: "参数", cell: ({ parameters }) => parameters, print: formatCount },
  { head: "训练读的词元", cell: ({ tokens }) => tokens, print: formatCount },
  { head: "测试集的损失", cell: meanOf, print: nats },
  { head: "各个种子", cell: ({ losses }) => losses.map(nats).join("、"), wide: true },
  { head: "直线说", cell: ({ line }) => line, print: nats },
  {
    head: "直线差多少（%）",
    cell: (row) => 100 * (row.line / meanOf(row) - 1),
    print: (percent) => formatChange(percent, 1),
  },
  { head: "你的文字的损失", cell: ({ own }) => own, print: nats, number: true },
  { head: "留出来的", cell: ({ heldOut }) => heldOut, only: "csv" },
];

/** Losses that the line through some of the sizes foresees for the others; undefined where fewer than two are known. */
export function lineThrough(own: readonly OwnLoss[]): PowerLaw | undefined {
  return own.length < 2 ? undefined : fitPowerLaw(own.map(({ parameters, loss }) => [parameters, loss]));
}

/** What came of the reader's text, in a sentence or two. */
export function tellOwn(own: readonly OwnLoss[], law: Law): string {
  const line = lineThrough(own);
  if (!line) return "";
  const exponent = `这段文字上，五个模型的直线指数是 ${formatNumber(line.b, 3)}`;
  if (own.length === sizesOf(law).length) {
    return `${exponent}，测试集上是 ${formatNumber(law.b.value, 3)}。一段文字只有几十个字，点会在直线两边跳。`;
  }
  const foreseen = lossAt(line, law.heldOut.parameters);
  return `四个小模型的直线说：${law.heldOut.model} 在这段文字上的损失是 ${nats(foreseen)}。把它也量出来，比一比。`;
}

/** What the recorded part of the figure shows, in words. */
export function tellLaw(law: Law): string {
  const { heldOut, b } = law;
  const { loss, low, high } = heldOut.predicted;
  return (
    `测试集上，四个模型的直线指数是 ${formatNumber(b.value, 3)}（95% 区间 ${formatNumber(b.low, 3)} 到 ${formatNumber(b.high, 3)}）。` +
    `它预测 ${heldOut.model} 的损失是 ${nats(loss)}（${nats(low)} 到 ${nats(high)}），后来量出来是 ${nats(meanOf(heldOut))}，` +
    `预测差 ${formatChange(100 * offBy(law), 1)}%。`
  );
}
