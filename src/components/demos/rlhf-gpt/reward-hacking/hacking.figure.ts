import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { examined, type Writing, withoutClock, withRun } from "../../../subjects/reviews/examination.ts";
import type { Round } from "../../../subjects/reviews/metrics.ts";
import { JUDGE, WRITER } from "../../../subjects/reviews/models.ts";
import { fields } from "./fields.ts";
import { nameOf, settingsWith } from "./leashes.ts";

/** One of the two trainings, and what the writer writes before and after it. */
interface Leashed {
  readonly name: string;
  readonly records: readonly Round[];
  readonly before: Writing;
  readonly now: Writing;
}

export const recorded = await recordedFigure("hacking", {
  models: { writer: WRITER, judge: JUDGE },
  work: async ({ engine }): Promise<readonly Leashed[]> => {
    const set = initial(fields);
    const runs: Leashed[] = [];
    for (const [side, klWeight] of [
      ["甲", set.a],
      ["乙", set.b],
    ] as const) {
      const run = await withRun(engine, settingsWith(klWeight, set), set.seed, async (training) => {
        await training.start();
        return { name: nameOf(side, klWeight), records: withoutClock(training.records), ...(await examined(training)) };
      });
      runs.push(run);
    }
    return runs;
  },
  table: (runs) => ({
    columns: ["谁写的", "奖励", "KL（纳特）", "distinct-2", "长度"],
    rows: runs.map(({ name, now: { reward, kl, distinct2, length } }) => [
      name,
      formatNumber(reward ?? 0, 3),
      formatNumber(kl, 2),
      formatPercent(distinct2 ?? 0),
      formatNumber(length, 1),
    ]),
  }),
});
