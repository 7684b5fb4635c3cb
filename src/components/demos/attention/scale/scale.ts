import {
  SOFTMAX_SCALE_RANGES,
  type SoftmaxScaleMetrics,
  type SoftmaxScaleSettings,
  WIDTHS,
} from "../../../../engine/experiments/softmax-scale.ts";
import { csvOf } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { choice, type StateOf, seed, setting } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { formatNumber } from "../../../kit/text/format.ts";

export const fields = {
  measure: choice({
    label: "看什么",
    initial: "entropy",
    options: named({ entropy: "熵", largest: "最大的权重", gradient: "梯度", deviation: "分数有多散" }),
  }),
  keys: setting(SOFTMAX_SCALE_RANGES.keys, { initial: 16, unit: "个" }),
  draws: setting(SOFTMAX_SCALE_RANGES.draws, { initial: 1000, min: 100, max: 3000, step: 100, unit: "次" }),
  seed: seed(1),
};
export type Settings = StateOf<typeof fields>;
export type Measure = Settings["measure"];

export const settingsOf = ({ keys, draws }: Settings): SoftmaxScaleSettings => ({ keys, draws });

export const MEASURES: Readonly<Record<Measure, { readonly title: string; readonly raw: Key; readonly scaled: Key }>> =
  {
    entropy: { title: "权重的熵（纳特）", raw: "entropyRaw", scaled: "entropyScaled" },
    largest: { title: "最大的一个权重", raw: "largestRaw", scaled: "largestScaled" },
    gradient: { title: "softmax 的雅可比矩阵的长度", raw: "gradientRaw", scaled: "gradientScaled" },
    deviation: { title: "分数的标准差", raw: "deviation", scaled: "deviation" },
  };
type Key = keyof SoftmaxScaleMetrics;

/** Both kinds over the width. Scores that were divided are as much narrower. */
export function linesOf(records: readonly SoftmaxScaleMetrics[], measure: Measure) {
  const { raw, scaled } = MEASURES[measure];
  return records.flatMap((record) => {
    const narrower = measure === "deviation" ? Math.sqrt(record.width) : 1;
    return [
      { width: record.width, kind: "不除", value: record[raw] },
      { width: record.width, kind: "除以 √d", value: record[scaled] / narrower },
    ];
  });
}

export function tableOf(records: readonly SoftmaxScaleMetrics[]): CsvTable {
  return csvOf<SoftmaxScaleMetrics>(
    [
      { head: "d", cell: ({ width }) => width },
      { head: "q·k 的标准差", cell: ({ deviation }) => deviation },
      { head: "熵，不除", cell: ({ entropyRaw }) => entropyRaw },
      { head: "熵，除以 √d", cell: ({ entropyScaled }) => entropyScaled },
      { head: "最大的权重，不除", cell: ({ largestRaw }) => largestRaw },
      { head: "最大的权重，除以 √d", cell: ({ largestScaled }) => largestScaled },
      { head: "梯度，不除", cell: ({ gradientRaw }) => gradientRaw },
      { head: "梯度，除以 √d", cell: ({ gradientScaled }) => gradientScaled },
    ],
    records,
  );
}

/** What the widest says beside the narrowest. */
export function tell(records: readonly SoftmaxScaleMetrics[]): string {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || last.width !== WIDTHS.at(-1)) return `算到 d = ${last?.width ?? 0}。`;
  const two = (value: number): string => formatNumber(value, 2);
  return `d 从 ${first.width} 到 ${last.width}：不除，熵从 ${two(first.entropyRaw)} 掉到 ${two(last.entropyRaw)}，梯度从 ${two(first.gradientRaw)} 掉到 ${two(last.gradientRaw)}；除以 √d，熵一直在 ${two(last.entropyScaled)} 上下。`;
}
