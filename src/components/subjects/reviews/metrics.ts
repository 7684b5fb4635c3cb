import type { RlhfMetrics } from "../../../engine/experiments/rlhf-records.ts";
import { type Curve, type NamedRun, recordsTable } from "../../figures/run-curves.ts";
import type { CsvTable } from "../../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../../kit/text/format.ts";
import { CEILING } from "./models.ts";

/** What is drawn and saved of a round: all but how long it took. */
export type Round = Omit<RlhfMetrics, "seconds">;

const two = (value: number): string => formatNumber(value, 2);

/** How the built-in reward is drawn: to where it can go, and no further. */
export const BUILT_IN_REWARD = {
  title: `奖励，这一轮的平均（虚线：最高约 ${two(CEILING)}）`,
  yDomain: [0, CEILING + 0.01],
  mark: CEILING,
  format: two,
} as const;

/** The curves, in the order in which one reads them. */
export const CURVES: readonly Curve<Round>[] = [
  { key: "reward", ...BUILT_IN_REWARD },
  { key: "kl", title: "KL，离参照多远，一条评论几纳特", format: two },
  { key: "distinct2", title: "distinct-2，不同的相邻两字占几成", format: formatPercent },
  { key: "entropy", title: "熵，每个词元几纳特", format: two },
  { key: "length", title: "长度，一条几个词元", format: (value) => formatNumber(value, 1) },
  { key: "clipFraction", title: "截断比例，比值出了 1 ± ε 的词元", format: formatPercent },
];

/** Everything that is saved of a round, by its name in the table. */
const COLUMNS: readonly (readonly [name: string, key: keyof Round])[] = [
  ["轮", "iteration"],
  ["奖励", "reward"],
  ["奖励的标准差", "rewardDeviation"],
  ["KL（纳特）", "kl"],
  ["熵（纳特）", "entropy"],
  ["distinct-2", "distinct2"],
  ["长度（词元）", "length"],
  ["自己结束的比例", "ended"],
  ["更新的 KL（纳特）", "updateKl"],
  ["截断比例", "clipFraction"],
  ["解释的方差", "explainedVariance"],
  ["策略损失", "policyLoss"],
  ["价值误差", "valueLoss"],
  ["梯度范数", "gradientNorm"],
  ["学习率", "learningRate"],
  ["遍数", "epochs"],
];

/** Everything measured in some runs, one row per round; how long a round took is in the exported record, as it is never the same twice. */
export function tableOf(runs: readonly NamedRun<Round>[]): CsvTable {
  return recordsTable(runs, COLUMNS);
}

/** Seconds that a run has worked so far, and will by these measurements have worked at its end. */
export function timing(
  records: readonly Pick<RlhfMetrics, "seconds">[],
  iterations: number,
): { readonly perRound: number; readonly done: number; readonly left: number } | undefined {
  if (records.length === 0) return undefined;
  const done = records.reduce((sum, { seconds }) => sum + seconds, 0);
  const perRound = done / records.length;
  return { perRound, done, left: perRound * Math.max(0, iterations - records.length) };
}
