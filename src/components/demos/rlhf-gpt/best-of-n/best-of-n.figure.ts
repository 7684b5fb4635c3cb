import { doublings } from "../../../../engine/experiments/best-of-n-comparison.ts";
import { RLHF_DEFAULTS } from "../../../../engine/experiments/rlhf-settings.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { JUDGE, WRITER } from "../../../subjects/reviews/models.ts";
import { type Chosen, choosingSettings } from "./choosing.ts";
import { fields } from "./fields.ts";

export const recorded = await recordedFigure("best-of-n", {
  models: { writer: WRITER, judge: JUDGE },
  work: async ({ engine }): Promise<Chosen> => {
    const { reviews, seed } = initial(fields);
    const run = await engine.experiment("best-of-n", choosingSettings(RLHF_DEFAULTS, reviews), seed);
    try {
      await run.start();
      if (run.error) throw run.error;
      const [curve, best] = [await run.ask({ kind: "curve" }), await run.ask({ kind: "best" })];
      if (curve.kind !== "curve" || best.kind !== "best") throw new Error("an answer to another question");
      return { points: curve.points, best: best.reviews };
    } finally {
      await run.stop();
    }
  },
  table: ({ points }) => ({
    columns: ["n", "奖励", "KL 至多"],
    rows: doublings(points).map(({ n, reward, kl }) => [n, formatNumber(reward, 3), formatNumber(kl, 2)]),
  }),
});
