import { CART_POLE_DEFAULTS } from "../../../engine/experiments/cart-pole-settings.ts";
import { Random } from "../../../engine/random.ts";
import { drawStart } from "../../../engine/rl/cart-pole.ts";
import { minOf } from "../../../engine/statistics.ts";
import { recordedFigure } from "../../kit/figure/build-figure.ts";
import { quantized } from "../../kit/figure/quantized.ts";
import { settingsFrom } from "../../kit/state/fields.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { fieldQuestion } from "./field.ts";
import { EVALUATED, type Training, trainFields } from "./train.ts";

export const trained = await recordedFigure("train", {
  models: {},
  work: async ({ engine }): Promise<Training> => {
    const settings = initial(trainFields);
    const { seed, position, velocity } = settings;
    const run = await engine.experiment("cart-pole", settingsFrom(CART_POLE_DEFAULTS, settings), seed);
    try {
      await run.start();
      const { records } = run;
      const steps = records.at(-1)?.steps ?? 0;
      const evaluated = await run.ask({ kind: "evaluation", episodes: EVALUATED, seed, greedy: false });
      const own = seed + steps;
      const episode = await run.ask({ kind: "episode", start: drawStart(new Random(own)), seed: own });
      const field = await run.ask(fieldQuestion(position, velocity));
      if (evaluated.kind !== "evaluation" || episode.kind !== "episode" || field.kind !== "field")
        throw new Error("an answer to another question");
      return {
        records,
        evaluation: { mean: evaluated.mean, least: minOf(evaluated.returns) },
        played: { episode, steps },
        field: { cells: field.cells, right: quantized(field.right, [0, 1]), values: quantized(field.values) },
      };
    } finally {
      await run.stop();
    }
  },
  table: ({ records, evaluation: { mean, least } }) => ({
    columns: ["步数", "局数", "考试平均", "考试最差"],
    rows: [[records.at(-1)?.steps ?? 0, records.at(-1)?.episodes ?? 0, mean, least]],
  }),
});
