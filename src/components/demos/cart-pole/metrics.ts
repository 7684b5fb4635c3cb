import type { CartPoleMetrics } from "../../../engine/experiments/cart-pole.ts";
import { CART_POLE } from "../../../engine/rl/cart-pole.ts";
import { type Curve, type NamedRun, recordsTable } from "../../figures/run-curves.ts";
import type { CsvTable } from "../../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../../kit/text/format.ts";

const whole = (value: number): string => formatNumber(value, 0);

/** Mean return at which CartPole-v1 counts as solved. */
export const SOLVED = 475;

/** The curves, in the order in which one reads them. */
export const CURVES: readonly Curve<CartPoleMetrics>[] = [
  {
    key: "meanReturn",
    title: "回报，最近 100 局的平均",
    yDomain: [0, CART_POLE.maxSteps],
    mark: SOLVED,
    format: whole,
  },
  { key: "episodeLength", title: "局长，这一轮结束的各局的平均", yDomain: [0, CART_POLE.maxSteps], format: whole },
  {
    key: "entropy",
    title: "策略的熵，单位纳特；虚线 ln 2 是两边各半",
    yDomain: [0, 0.75],
    mark: Math.LN2,
    format: (v) => formatNumber(v, 2),
  },
  { key: "kl", title: "KL 散度，策略在这一轮里挪了多远，单位纳特", format: (v) => formatNumber(v, 4) },
  { key: "clipFraction", title: "截断比例，比值出了 1 ± ε 的步占多少", format: formatPercent },
  { key: "valueLoss", title: "价值误差，平方的平均", format: (v) => formatNumber(v, 1) },
  {
    key: "explainedVariance",
    title: "价值网络解释了回报方差的多少；1 是全中",
    yDomain: [-1, 1],
    mark: 0,
    format: (v) => formatNumber(v, 2),
  },
];

/** Everything that is saved of an update, by its name in the table. */
const COLUMNS: readonly (readonly [name: string, key: keyof CartPoleMetrics])[] = [
  ["轮", "update"],
  ["步", "steps"],
  ["局", "episodes"],
  ["回报", "meanReturn"],
  ["局长", "episodeLength"],
  ["熵（纳特）", "entropy"],
  ["KL（纳特）", "kl"],
  ["截断比例", "clipFraction"],
  ["价值误差", "valueLoss"],
  ["解释的方差", "explainedVariance"],
  ["策略损失", "policyLoss"],
  ["梯度范数", "gradientNorm"],
  ["学习率", "learningRate"],
  ["遍数", "epochs"],
];

/** Everything measured in some runs, one row per update. */
export function tableOf(runs: readonly NamedRun<CartPoleMetrics>[]): CsvTable {
  return recordsTable(runs, COLUMNS);
}
