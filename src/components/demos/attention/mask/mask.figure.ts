import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, KINDS, type Run, settingsOf, type Trained, WRITTEN } from "./mask.ts";

export const trained = await recordedFigure("mask", {
  models: {},
  work: async ({ engine }): Promise<Trained> => {
    const settings = initial(fields);
    const runs: Run[] = [];
    const written: string[] = [];
    for (const { causal, name } of KINDS) {
      const run = await engine.experiment("mask-leak", settingsOf(causal, settings), settings.seed);
      try {
        for (;;) {
          await run.step();
          if (run.error) throw run.error;
          if (run.records.at(-1)?.step === settings.steps) break;
        }
        written.push(await run.ask({ prompt: settings.prompt, length: WRITTEN }));
        runs.push({ name, records: [...run.records] });
      } finally {
        await run.stop();
      }
    }
    return { runs, written };
  },
  table: ({ runs, written }) => ({
    columns: ["模型", "步", "末步的训练损失", "末步的写字损失", "接着写的"],
    rows: runs.map(({ name, records }, i) => {
      const { step, loss, writing } = records.at(-1)!;
      return [name, step, loss!, writing, written[i]!];
    }),
  }),
});
