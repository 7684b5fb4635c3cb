import type { CartPoleMetrics } from "../../../engine/experiments/cart-pole.ts";
import { recordedFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { compareFields, INITIAL_NAMES } from "./compare-fields.ts";
import { settingsWith } from "./comparison.ts";
import { EVALUATED } from "./train.ts";

/** One of the two trainings, and the mean return of its policy in new episodes. */
interface Run {
  readonly records: readonly CartPoleMetrics[];
  readonly mean: number;
}

export const compared = await recordedFigure("compare-runs", {
  models: {},
  work: async ({ engine }): Promise<readonly Run[]> => {
    const { subject, a, b, steps, seed } = initial(compareFields);
    const runs: Run[] = [];
    for (const value of [a, b]) {
      const run = await engine.experiment("cart-pole", settingsWith(subject, value, steps), seed);
      try {
        await run.start();
        const answer = await run.ask({ kind: "evaluation", episodes: EVALUATED, seed, greedy: false });
        if (answer.kind !== "evaluation") throw new Error("an answer to another question");
        runs.push({ records: run.records, mean: answer.mean });
      } finally {
        await run.stop();
      }
    }
    return runs;
  },
  table: (runs) => ({
    columns: ["训练", "步数", "考试平均"],
    rows: runs.map(({ records, mean }, i) => [INITIAL_NAMES[i] ?? "", records.at(-1)?.steps ?? 0, mean]),
  }),
});
