import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { JUDGE, READER, WRITER } from "../../../subjects/reviews/models.ts";
import { fields } from "./fields.ts";
import { runBoth } from "./run.ts";

export const ran = await recordedFigure("workflow", {
  models: { writer: WRITER, judge: JUDGE, reader: READER },
  work: (context) => runBoth(context, initial(fields)),
  table: ({ loop }) => ({
    columns: ["轮", "奖励", "KL（纳特）"],
    rows: loop.rounds.map(({ iteration, reward, kl }) => [iteration, reward ?? "", kl]),
  }),
});
