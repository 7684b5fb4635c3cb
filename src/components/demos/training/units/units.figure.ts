import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { COLUMNS, fields, linesOf, type Run, settingsOf, type Trained, UNITS, WRITTEN } from "./units.ts";

export const trained = await recordedFigure("units", {
  models: {},
  work: async ({ engine }): Promise<Trained> => {
    const settings = initial(fields);
    const { prompt, seed } = settings;
    const runs: Run[] = [];
    const written: string[] = [];
    for (const { unit, name } of UNITS) {
      const run = await engine.experiment("token-units", settingsOf(unit, settings), seed);
      try {
        await run.start();
        if (run.error) throw run.error;
        written.push(await run.ask({ prompt, length: WRITTEN, seed }));
        runs.push({ name, records: [...run.records] });
      } finally {
        await run.stop();
      }
    }
    return { runs, written };
  },
  table: ({ runs, written }) => csvOf(COLUMNS, linesOf(runs, written)),
});
