import { recordedFigure } from "../../../../kit/figure/build-figure.ts";
import { initial } from "../../../../kit/state/hash-state.ts";
import { formatNumber, formatPercent } from "../../../../kit/text/format.ts";
import { LABELLERS, type Rule } from "../../../../subjects/reviews/labels/rules.ts";
import { READER, WRITER } from "../../../../subjects/reviews/models.ts";
import { rewardFields } from "../../../../subjects/reviews/reward/fields.ts";
import { trainReward } from "../../../../subjects/reviews/reward/train-reward.ts";
import { summaryOf } from "./summary.ts";

/** With which the demo begins. */
const RULE: Rule = "short";

export const recorded = await recordedFigure("reward-model", {
  models: { writer: WRITER, reader: READER },
  work: async ({ engine }) => {
    const fields = initial(rewardFields);
    const { rankings, records } = await trainReward(engine, RULE, fields);
    return { ...summaryOf(RULE, rankings, fields.heldOut), records };
  },
  table: ({ labeller, rankings, records }) => {
    const last = records.at(-1);
    return {
      columns: ["照谁的排序", "组", "损失", "留出的准确率"],
      rows: [
        [
          LABELLERS[labeller].label,
          rankings,
          formatNumber(last?.loss ?? 0, 3),
          formatPercent(last?.heldOutAccuracy ?? 0),
        ],
      ],
    };
  },
});
