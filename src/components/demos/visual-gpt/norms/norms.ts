import type { NormPlace } from "../../../../engine/experiments/norm-model.ts";
import type { NormPlaceMetrics, NormPlaceSettings } from "../../../../engine/experiments/norm-place.ts";
import { type Curve, type NamedRun, recordsTable } from "../../../figures/run-curves.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import type { StateOf } from "../../../kit/state/fields.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { READ } from "../features/sentences.ts";
import type { fields } from "./fields.ts";

/** Both models, the older first. */
export const PLACES: readonly { readonly norm: NormPlace; readonly name: string }[] = [
  { norm: "after", name: "GPT-1，归一化在后" },
  { norm: "before", name: "GPT-2，归一化在前" },
];

type Row = NormPlaceMetrics;
export type Run = NamedRun<Row>;

export function settingsOf(
  norm: NormPlace,
  { warmup, layers, learningRate, steps }: StateOf<typeof fields>,
): NormPlaceSettings {
  return { text: READ.join(""), norm, warmup, layers, learningRate, steps };
}

const short = (value: number): string => formatNumber(value, value < 0.1 ? 3 : 2);

export const CURVES: readonly Curve<Row>[] = [
  { key: "loss", title: "损失（纳特）", format: (value) => formatNumber(value, 2) },
  { key: "firstBlock", title: "第一块的梯度", format: short },
  { key: "lastBlock", title: "最后一块的梯度", format: short },
];

export function tableOf(runs: readonly Run[]): CsvTable {
  return recordsTable(runs, [
    ["步", "step"],
    ["损失", "loss"],
    ["全部梯度的长度", "gradientNorm"],
    ["第一块梯度的长度", "firstBlock"],
    ["最后一块梯度的长度", "lastBlock"],
    ["学习率", "learningRate"],
  ]);
}
