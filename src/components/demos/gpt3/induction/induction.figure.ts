import { INDUCTION_DEFAULTS } from "../../../../engine/experiments/induction-settings.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { settingsFrom } from "../../../kit/state/fields.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields, filmsOf, RUNS, type Still, sentFilms, type Trained } from "./induction.ts";

export const induction = await recordedFigure("induction", {
  models: {},
  work: async ({ engine }): Promise<Trained> => {
    const settings = initial(fields);
    const records: Trained["records"][number][] = [];
    const stills: Still[] = [];
    for (const { layers } of RUNS) {
      const wanted = { ...settingsFrom(INDUCTION_DEFAULTS, settings), layers };
      const run = await engine.experiment("induction", wanted, settings.seed);
      try {
        for (let done = 0; run.open; done++) {
          await run.step();
          // The last step only ends it.
          const measured = run.records[done];
          if (measured && layers === RUNS[0].layers)
            stills.push({ step: measured.step, answer: await run.ask({ kind: "patterns" }) });
        }
        records.push(run.records);
      } finally {
        await run.stop();
      }
    }
    return { records, films: sentFilms(filmsOf(stills)) };
  },
  table: ({ records }) => ({
    columns: ["模型", "步", "重复部分的损失", "新的部分的损失", "上下文学习分", "前缀匹配", "看前一个"],
    rows: records.map((own, i) => {
      const last = own.at(-1)!;
      const { step, lossRepeated, lossNew, contextScore, prefix, previous } = last;
      return [RUNS[i]!.name, step, lossRepeated, lossNew, contextScore, prefix, previous];
    }),
  }),
});
