import { meanHeight } from "../../../../engine/analysis/faithfulness.ts";
import { kendall } from "../../../../engine/analysis/rank-correlation.ts";
import type { Method } from "../../../../engine/experiments/attribution.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import { type Column, estimateColumns } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { meanEstimate, shareEstimate } from "../../../kit/text/statistics.ts";
import { type Explained, explain, valuesOf } from "../../../subjects/attribution/explain.ts";
import { METHODS, methodName } from "../../../subjects/attribution/methods.ts";
import { SENTENCES } from "./sentences.ts";

/** How one method did on all sentences, one number for each of them. */
export interface Measured {
  readonly method: Method;
  /** Kendall's τ with the exact values. */
  readonly agreements: readonly number[];
  /** Whether its largest size stands where that of the exact values does. */
  readonly hits: readonly boolean[];
  /** Mean height of the deletion curve less that of the exact values: above zero, it finds worse what the verdict hangs on. */
  readonly excess: readonly number[];
}

/** Tries all methods on all sentences at the usual settings, and measures them by the exact values. @throws EngineError as `explain` */
export async function measureAll(context: WorkContext): Promise<Measured[]> {
  const settings = { baseline: "mask", steps: 32, samples: 60, randomized: 0, seed: 1 } as const;
  const explained: Explained[] = [];
  for (const text of SENTENCES) {
    const parts = await Array.fromAsync(explain(context, { ...settings, text }));
    explained.push(parts.at(-1)!);
  }
  return METHODS.filter((method) => method !== "shapley").map((method) => {
    const rows = explained.map((own) => {
      const [values, exact] = [valuesOf(own, method)!, valuesOf(own, "shapley")!];
      const height = (of: Method): number => meanHeight(own.methods.find((each) => each.method === of)!.deletion);
      const largest = (numbers: Float64Array): number => indexOfLargest(numbers.map(Math.abs));
      return {
        agreement: kendall(values, exact),
        hit: largest(values) === largest(exact),
        excess: height(method) - height("shapley"),
      };
    });
    return {
      method,
      agreements: rows.flatMap(({ agreement }) => agreement ?? []),
      hits: rows.map(({ hit }) => hit),
      excess: rows.map(({ excess }) => excess),
    };
  });
}

const print = (value: number): string => formatNumber(value, 2);

export const columns: readonly Column<Measured>[] = [
  { head: "方法", cell: ({ method }) => methodName(method) },
  { head: "句数", cell: ({ hits }) => hits.length },
  ...estimateColumns<Measured>("和真值的 τ", ({ agreements }) => meanEstimate(agreements), { print }),
  ...estimateColumns<Measured>("最要紧的字相同", ({ hits }) => shareEstimate(hits.filter(Boolean).length, hits.length)),
  ...estimateColumns<Measured>("删除曲线高出真值", ({ excess }) => meanEstimate(excess), { print }),
];
