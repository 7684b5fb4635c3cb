import { SHORTEST } from "../../../../engine/experiments/readings.ts";
import type { Seq2SeqMetrics } from "../../../../engine/experiments/seq2seq.ts";
import { type Column, csvOf, shareColumns } from "../../../figures/data-table.ts";
import type { PlotBuilder } from "../../../figures/plot-options.ts";
import { type NamedRun, seriesOf } from "../../../figures/run-curves.ts";
import type { CsvTable, RunSeries } from "../../../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { type Estimate, shareEstimate } from "../../../kit/text/statistics.ts";

export type Run = NamedRun<Seq2SeqMetrics>;

/** Steps from one point of the loss to the next. */
const EVERY = 10;

/** The records that are drawn and saved: every tenth, the first, and all that have been measured. */
export function shownRecords(records: readonly Seq2SeqMetrics[]): readonly Seq2SeqMetrics[] {
  return records.filter(({ step, exactMatch }) => step === 1 || step % EVERY === 0 || exactMatch !== null);
}

/** A plot over the steps. */
export interface CurvePlot {
  readonly title: string;
  readonly yDomain: readonly [from: number, to: number];
  readonly format: (value: number) => string;
  readonly series: readonly RunSeries[];
}

export function plotsOf(runs: readonly Run[]): readonly CurvePlot[] {
  return [
    {
      title: "损失，纳特",
      yDomain: [0, 3.5],
      format: (value) => formatNumber(value, 2),
      series: runs.map((run) => seriesOf(run, "step", "loss")),
    },
    {
      title: "一字不差的比例",
      yDomain: [0, 1],
      format: formatPercent,
      series: runs.map(({ name, records }) => ({
        name,
        points: records.flatMap(({ step, exactMatch }) => (exactMatch === null ? [] : [[step, exactMatch] as const])),
      })),
    },
  ];
}

/** How many sources of a length one of the models was asked, and how many it read without a mistake. */
export interface LengthScore {
  readonly exact: number;
  readonly asked: number;
}

/** The scores of all models at one length of the source. */
export interface LengthLine {
  readonly length: number;
  /** As the runs; undefined where nothing was measured yet. */
  readonly scores: readonly (LengthScore | undefined)[];
}

/** The last measurement of each run, by the length of the source. */
export function linesOf(runs: readonly Run[]): readonly LengthLine[] {
  const last = runs.map(({ records }) => records.findLast(({ exactMatch }) => exactMatch !== null));
  const lengths = new Set(last.flatMap((record) => (record ? lengthsOf(record) : [])));
  return [...lengths]
    .sort((a, b) => a - b)
    .map((length) => ({
      length,
      scores: last.map((record) => {
        const asked = record?.[`asked${length}`];
        return asked === undefined ? undefined : { asked, exact: record?.[`exact${length}`] ?? 0 };
      }),
    }));
}

function lengthsOf(record: Seq2SeqMetrics): number[] {
  return Object.keys(record).flatMap((key) => Number(/^asked(\d+)$/.exec(key)?.[1]) || []);
}

/** How a length is called: longer than every number is a date. */
export function lengthName(length: number, digits: number): string {
  return length > digits ? "日期" : `${length} 位`;
}

const estimateOf = (score: LengthScore | undefined): Estimate | null =>
  score ? shareEstimate(score.exact, score.asked) : null;

/** The columns of the table by length. */
export function lengthColumns(names: readonly string[], digits: number): Column<LengthLine>[] {
  return [
    { head: "原文", cell: ({ length }) => lengthName(length, digits) },
    ...names.flatMap((name, i) => shareColumns<LengthLine>(name, ({ scores }) => estimateOf(scores[i]))),
  ];
}

/** Where what was measured at a length is worst, as a sentence. */
export function tellLengths(lines: readonly LengthLine[], names: readonly string[], digits: number): string {
  const longest = lines.findLast(({ length }) => length <= digits);
  if (!longest || !lines[0]) return "还没有检验过。";
  const said = names.flatMap((name, i) => {
    const [first, last] = [lines[0]!.scores[i], longest.scores[i]];
    return first && last
      ? [`${name} ${formatPercent(first.exact / first.asked)} 到 ${formatPercent(last.exact / last.asked)}`]
      : [];
  });
  return `训练时没有见过的数，一字不差的比例，从 ${lines[0].length} 位到 ${longest.length} 位：${said.join("，")}`;
}

/** How far beside each other the models stand, in characters. */
const ASIDE = 0.1;

/** The share without a mistake by the length of the source, with 95 % intervals; dates, which are longest, stand apart. */
export function lengthPlot(lines: readonly LengthLine[], digits: number): PlotBuilder {
  return (plot, theme) => {
    const colors = [theme.ink, theme.accent, ...theme.heads];
    const count = lines[0]?.scores.length ?? 0;
    const kinds = Array.from({ length: count }, (_, i) => {
      const dots = lines.flatMap(({ length, scores }, place) => {
        const share = estimateOf(scores[i]);
        return share
          ? [{ date: length > digits, x: place + (i - 1) * ASIDE, y: share.value, low: share.low, high: share.high }]
          : [];
      });
      return { dots, color: colors[i] ?? theme.ink, dash: i % 2 ? "6 3" : "none" };
    });
    const at = { x: "x", z: null };
    return {
      marginLeft: 44,
      marginRight: 12,
      marginTop: 10,
      marginBottom: 24,
      x: {
        domain: [-0.4, Math.max(1, lines.length - 0.6)],
        ticks: lines.map((_, place) => place),
        tickFormat: (place: number) => (lines[place] ? lengthName(lines[place].length, digits) : ""),
        label: null,
      },
      y: { domain: [0, 1], ticks: 3, tickFormat: formatPercent, label: null },
      marks: [
        plot.gridY({ ticks: 3, stroke: theme.line, strokeOpacity: 1 }),
        ...kinds.flatMap(({ dots, color, dash }) => [
          plot.ruleX(dots, { ...at, y1: "low", y2: "high", stroke: color, strokeOpacity: 0.5 }),
          plot.lineY(
            dots.filter(({ date }) => !date),
            { ...at, y: "y", stroke: color, strokeWidth: 1.6, strokeDasharray: dash },
          ),
          plot.dot(dots, { ...at, y: "y", fill: color, r: 2.8 }),
        ]),
      ],
    };
  };
}

/** Characters of a date. */
const DATE = 10;

/** What is saved of each shown step. @param digits of the longest number */
export function tableOf(runs: readonly Run[], digits: number): CsvTable {
  const lengths = [...Array.from({ length: digits - SHORTEST + 1 }, (_, i) => i + SHORTEST), DATE];
  const columns: Column<Seq2SeqMetrics & { name: string }>[] = [
    { head: "模型", cell: ({ name }) => name },
    { head: "步", cell: ({ step }) => step },
    { head: "损失", cell: ({ loss }) => loss },
    { head: "一字不差的比例", cell: ({ exactMatch }) => exactMatch },
    { head: "逐字的准确率", cell: ({ tokenAccuracy }) => tokenAccuracy },
    ...lengths.flatMap((length): Column<Seq2SeqMetrics & { name: string }>[] => [
      { head: `${length} 个字的，问了几个`, cell: (row) => row[`asked${length}`] },
      { head: `${length} 个字的，一字不差几个`, cell: (row) => row[`exact${length}`] },
    ]),
    { head: "梯度范数", cell: ({ gradientNorm }) => gradientNorm },
    { head: "学习率", cell: ({ learningRate }) => learningRate },
  ];
  const rows = runs.flatMap(({ name, records }) => shownRecords(records).map((record) => ({ ...record, name })));
  return csvOf(columns, rows);
}

/** Nats per character of one who knows nothing but that there are thirty-one: digits and their names, places, 年月日, start and end. */
const BLIND = Math.log(31);
/** Steps after which that is no beginning any more. */
const SETTLED = 40;

/** What has gone wrong where a loss is higher than that of guessing blindly. */
export function tellTrouble(runs: readonly Run[]): string | undefined {
  const lost = runs.filter(({ records }) => {
    const last = records.at(-1);
    return last !== undefined && last.step >= SETTLED && last.loss > BLIND;
  });
  if (lost.length === 0) return undefined;
  const names = lost.map(({ name }) => name).join("、");
  return `${names}的损失比闭着眼睛猜（${formatNumber(BLIND, 1)} 纳特）还高：学习率太大，每一步都跨过了头，权重再也回不来。把学习率调小，重新开始。`;
}
