import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { PLACES, type Run, settingsOf } from "./norms.ts";

export const trained = await recordedFigure("norms", {
  models: {},
  work: async ({ engine }): Promise<readonly Run[]> => {
    const settings = initial(fields);
    const runs: Run[] = [];
    for (const { norm, name } of PLACES) {
      const run = await engine.experiment("norm-place", settingsOf(norm, settings), settings.seed);
      try {
        await run.start();
        if (run.error) throw run.error;
        runs.push({ name, records: run.records });
      } finally {
        await run.stop();
      }
    }
    return runs;
  },
  table: (runs) => ({
    columns: ["模型", "步", "末步的损失", "末步第一块的梯度", "末步最后一块的梯度"],
    rows: runs.map(({ name, records }) => {
      const { step, loss, firstBlock, lastBlock } = records.at(-1)!;
      return [name, step, loss, firstBlock, lastBlock];
    }),
  }),
});
