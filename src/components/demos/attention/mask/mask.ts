import {
  MASK_LEAK_RANGES,
  type MaskLeakMetrics,
  type MaskLeakSettings,
} from "../../../../engine/experiments/mask-leak.ts";
import { type Curve, type NamedRun, recordsTable } from "../../../figures/run-curves.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { type StateOf, seed, setting, text } from "../../../kit/state/fields.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { PLAIN_SENTENCES } from "../../../subjects/sentences/plain-sentences.ts";

/** What both models read: sixty plain sentences, with the first of the words that fit in their blanks. */
export const READ: string = PLAIN_SENTENCES.map(({ text, answers }) => text.replace("[MASK]", [...answers][0]!)).join(
  "",
);

export const KINDS = [
  { causal: true, name: "有掩码" },
  { causal: false, name: "没有掩码" },
] as const;

export const fields = {
  steps: setting(MASK_LEAK_RANGES.steps, { initial: 400, min: 10, max: 1000, step: 10, unit: "步" }),
  layers: setting(MASK_LEAK_RANGES.layers, { initial: 2, unit: "块" }),
  learningRate: setting(MASK_LEAK_RANGES.learningRate, { initial: 0.01, min: 0.001, max: 0.03, step: 0.001 }),
  prompt: text({
    label: "让它接着写",
    initial: "今天天气",
    maxLength: 12,
    validate: (value) => {
      if (value.trim() === "") return "先写一两个字。";
      const strange = [...value].find((char) => !READ.includes(char));
      return strange ? `它读过的句子里没有「${strange}」。` : undefined;
    },
  }),
  seed: seed(1),
};
export type Settings = StateOf<typeof fields>;

/** Characters that it goes on for. */
export const WRITTEN = 20;

export const settingsOf = (causal: boolean, { steps, layers, learningRate }: Settings): MaskLeakSettings => ({
  text: READ,
  ...{ causal, steps, layers, learningRate },
});

export type Run = NamedRun<MaskLeakMetrics>;
export interface Trained {
  readonly runs: readonly Run[];
  /** How each of them goes on. */
  readonly written: readonly string[];
}

const short = (value: number): string => formatNumber(value, 2);
export const CURVES: readonly Curve<MaskLeakMetrics>[] = [
  { key: "loss", title: "训练时的损失（纳特）", format: short },
  { key: "writing", title: "写字时的损失（纳特）", format: short },
];

export function tableOf(runs: readonly Run[]): CsvTable {
  return recordsTable(runs, [
    ["步", "step"],
    ["训练时的损失", "loss"],
    ["写字时的损失", "writing"],
  ]);
}
