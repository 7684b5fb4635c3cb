import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../engine/experiments/rlhf-settings.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** What both runs share that can be set; the rest are the defaults. */
export const SHARED = ["iterations", "batch", "length", "learningRate"] as const;

/** The writer's settings with another leash: nothing else differs. */
export function settingsWith(klWeight: number, shared: Pick<RlhfSettings, (typeof SHARED)[number]>): RlhfSettings {
  const { iterations, batch, length, learningRate } = shared;
  return { ...RLHF_DEFAULTS, iterations, batch, length, learningRate, klWeight };
}

/** What a run is called: 「甲（β 0.03）」. */
export function nameOf(side: "甲" | "乙", klWeight: number): string {
  return `${side}（β ${formatNumber(klWeight)}）`;
}
