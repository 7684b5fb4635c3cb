import { RLHF_DEFAULTS, type RlhfSettings } from "../../../../engine/experiments/rlhf-settings.ts";
import { formatNumber } from "../../../kit/format.ts";

/** Rounds with which the comparison begins: fewer than the writer's, as two runs take turns. */
export const ITERATIONS = 40;

/** The writer's settings with another leash: nothing else differs. */
export function settingsWith(
  klWeight: number,
  { iterations, learningRate }: Pick<RlhfSettings, "iterations" | "learningRate">,
): RlhfSettings {
  return { ...RLHF_DEFAULTS, iterations, learningRate, klWeight };
}

/** What a run is called: 「甲（β 0.03）」. */
export function nameOf(side: "甲" | "乙", klWeight: number): string {
  return `${side}（β ${formatNumber(klWeight)}）`;
}
