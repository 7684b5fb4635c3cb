import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { settingsFrom } from "../../../kit/state/fields.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { answerOf, examined, withoutClock, withRun } from "../../../subjects/reviews/examination.ts";
import { fields } from "../../../subjects/reviews/fields.ts";
import { JUDGE, WRITER } from "../../../subjects/reviews/models.ts";
import { parsePrompts } from "../../../subjects/reviews/prompts.ts";
import { FIRST_ROUNDS, looked } from "../tokens/rounds.ts";

/** The training of the writer at its defaults, and a round early in it token by token. */
export const recorded = await recordedFigure("review-writer", {
  models: { writer: WRITER, judge: JUDGE },
  work: async ({ engine }) => {
    const { prompts, ...set } = initial(fields);
    const settings = settingsFrom(RLHF_DEFAULTS, { ...set, prompts: parsePrompts(prompts).prompts });
    return withRun(engine, settings, set.seed, async (run) => {
      while (run.records.length < FIRST_ROUNDS && run.open) await run.step();
      const { reviews } = await answerOf(run, { kind: "round" });
      await run.start();
      return {
        records: withoutClock(run.records),
        ...(await examined(run)),
        early: looked(FIRST_ROUNDS, settings.klWeight, reviews),
      };
    });
  },
  table: ({ before, now }) => ({
    columns: ["谁写的", "奖励", "KL（纳特）", "distinct-2", "长度"],
    rows: [
      { name: "练之前", ...before },
      { name: "练了以后", ...now },
    ].map(({ name, reward, kl, distinct2, length }) => [
      name,
      formatNumber(reward ?? 0, 3),
      formatNumber(kl, 2),
      formatPercent(distinct2 ?? 0),
      formatNumber(length, 1),
    ]),
  }),
});
