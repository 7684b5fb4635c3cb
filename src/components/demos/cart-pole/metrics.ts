import type { CartPoleMetrics } from "../../../engine/experiments/cart-pole.ts";
import { CART_POLE } from "../../../engine/rl/cart-pole.ts";
import type { CsvTable, RunSeries } from "../../kit/frame/types.ts";
import { formatNumber, formatPercent } from "../../kit/text/format.ts";

type Numeric = {
  [Key in keyof CartPoleMetrics]: CartPoleMetrics[Key] extends number | null ? Key : never;
}[keyof CartPoleMetrics];

/** One curve of a training. */
export interface Curve {
  readonly key: Numeric;
  /** In words, for the caption. */
  readonly title: string;
  readonly yDomain?: readonly [from: number, to: number];
  /** A value to compare with. */
  readonly mark?: number;
  readonly format: (value: number) => string;
}

const whole = (value: number): string => formatNumber(value, 0);

/** Mean return at which CartPole-v1 counts as solved. */
export const SOLVED = 475;

/** The curves, in the order in which one reads them. */
export const CURVES: readonly Curve[] = [
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

/** One metric of a run over its steps. */
export function seriesOf(name: string, records: readonly CartPoleMetrics[], key: Numeric): RunSeries {
  return { name, points: records.map((record) => [record.steps, record[key]]) };
}

/** Everything measured in some runs, one row per update. */
export function tableOf(
  runs: readonly { readonly name: string; readonly records: readonly CartPoleMetrics[] }[],
): CsvTable {
  const columns: readonly Numeric[] = [
    "update",
    "steps",
    "episodes",
    ...CURVES.map(({ key }) => key),
    "policyLoss",
    "gradientNorm",
    "learningRate",
    "epochs",
  ];
  return {
    columns: ["run", ...columns],
    rows: runs.flatMap(({ name, records }) =>
      records.map((record) => [name, ...columns.map((column) => record[column] ?? "")]),
    ),
  };
}
