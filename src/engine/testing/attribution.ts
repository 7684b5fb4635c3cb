import type { Coalition } from "../analysis/coalitions.ts";
import { loadFixture } from "./load.ts";

/** What captum, shap and lime say of a text of the small classifier; made by `training/fixtures_attribution.py`. */
export interface ExplainedText {
  readonly ids: readonly number[];
  readonly chosen: number;
  /** Log-odds of all coalitions of all tokens but the first and the last, in the order of `everyCoalition`. */
  readonly scores: readonly number[];
  /** By captum. */
  readonly integratedGradients: readonly number[];
  readonly gradientTimesInput: readonly number[];
  readonly occlusion: readonly number[];
  /** By shap: exactly, and from a sample. */
  readonly shapley: readonly number[];
  readonly kernel: {
    readonly masks: readonly (readonly number[])[];
    readonly weights: readonly number[];
    readonly values: readonly number[];
  };
  /** By lime. */
  readonly lime: {
    readonly masks: readonly (readonly number[])[];
    readonly values: readonly number[];
    readonly intercept: number;
    readonly fit: number;
  };
}

export interface AttributionFixture {
  /** The token that stands for a hidden one. */
  readonly hidden: number;
  readonly steps: number;
  readonly texts: readonly ExplainedText[];
  /** By scipy. */
  readonly ranks: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly kendall: number;
    readonly spearman: number;
  };
}

export async function openAttributionFixture(): Promise<AttributionFixture> {
  return JSON.parse(new TextDecoder().decode(await loadFixture("src/engine/testdata/attribution.json")));
}

export function coalitionsOf(masks: readonly (readonly number[])[]): Coalition[] {
  return masks.map((mask) => mask.map((bit) => bit === 1));
}

/** The score of a coalition, as the fixture has it. */
export function scoreIn({ scores }: ExplainedText, coalition: Coalition): number {
  return scores[coalition.reduce((bits, present, player) => bits + (present ? 2 ** player : 0), 0)]!;
}
