import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, settingsOf } from "./scale.ts";

export const drawn = await buildFigure({
  models: {},
  work: async ({ engine }) => {
    const settings = initial(fields);
    const run = await engine.experiment("softmax-scale", settingsOf(settings), settings.seed);
    try {
      await run.start();
      if (run.error) throw run.error;
      return run.records;
    } finally {
      await run.stop();
    }
  },
});
