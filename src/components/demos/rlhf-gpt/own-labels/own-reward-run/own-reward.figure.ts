import { recordedFigure } from "../../../../kit/figure/build-figure.ts";
import { initial } from "../../../../kit/state/hash-state.ts";
import { formatNumber } from "../../../../kit/text/format.ts";
import type { Rule } from "../../../../subjects/reviews/labels/rules.ts";
import { JUDGE, READER, WRITER } from "../../../../subjects/reviews/models.ts";
import { rewardFields } from "../../../../subjects/reviews/reward/fields.ts";
import { trainReward } from "../../../../subjects/reviews/reward/train-reward.ts";
import { fields } from "./fields.ts";
import { trainOwn } from "./own.ts";

/** The rule with which the reward model's demo begins. */
const RULE: Rule = "short";

export const recorded = await recordedFigure("own-reward", {
  models: { writer: WRITER, reader: READER, judge: JUDGE },
  work: async ({ engine }) => {
    const { head, rankings } = await trainReward(engine, RULE, initial(rewardFields));
    const trained = await trainOwn(engine, initial(fields), head);
    return { reward: { labeller: RULE, rankings: rankings.length }, ...trained };
  },
  table: ({ examination: { before, now } }) => ({
    columns: ["谁写的", "你的奖励", "内置的奖励", "长度"],
    rows: [
      [
        "原来的",
        ...[before.writing.reward ?? 0, before.sentiment, before.writing.length].map((x) => formatNumber(x, 2)),
      ],
      ["练过的", ...[now.writing.reward ?? 0, now.sentiment, now.writing.length].map((x) => formatNumber(x, 2))],
    ],
  }),
});
