import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../snapshot.ts";
import { fields, settingsOf, type Taught } from "./step.ts";

export const taught = await buildFigure({
  models: { model: MODEL },
  work: async ({ engine }): Promise<Taught> => {
    const settings = initial(fields);
    const run = await engine.experiment("pretraining", settingsOf(settings), settings.seed);
    try {
      await run.start();
      if (run.error) throw run.error;
      return { records: run.records, answer: await run.ask(null) };
    } finally {
      await run.stop();
    }
  },
});
