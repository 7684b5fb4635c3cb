import { buildFigure } from "../../../../kit/figure/build-figure.ts";
import { initial } from "../../../../kit/state/hash-state.ts";
import { answerOf, withRun } from "../../../../subjects/reviews/examination.ts";
import { WRITER } from "../../../../subjects/reviews/models.ts";
import { fields, settingsOf } from "./fields.ts";

/** The first round, which waits for its stars. */
export const drafted = await buildFigure({
  models: { writer: WRITER },
  work: async ({ engine }) => {
    const set = initial(fields);
    const { reviews } = await withRun(engine, settingsOf(set), set.seed, (run) => answerOf(run, { kind: "draft" }));
    return reviews;
  },
});
