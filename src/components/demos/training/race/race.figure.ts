import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CELLS, endsOf, fields, settingsOf, shownRecords, type Trained } from "./race.ts";

export const raced = await recordedFigure("race", {
  models: {},
  work: async ({ engine }): Promise<Trained> => {
    const settings = initial(fields);
    const run = await engine.experiment("optimizer-race", settingsOf(settings), settings.seed);
    try {
      await run.start();
      if (run.error) throw run.error;
      const answer = await run.ask({ kind: "slice", cells: CELLS });
      if (answer.kind !== "slice") throw new Error("The slice was not answered.");
      const { kind: _, ...slice } = answer;
      return { records: shownRecords(run.records), slice };
    } finally {
      await run.stop();
    }
  },
  table: ({ records }) => endsOf(records),
});
