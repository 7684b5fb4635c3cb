import type { Seq2SeqMetrics } from "../../../../engine/experiments/seq2seq.ts";
import { TRANSLATOR_DEFAULTS } from "../../../../engine/experiments/translator-settings.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { settingsFrom } from "../../../kit/state/fields.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { ARCHITECTURES, fields, NAMES } from "../fields.ts";
import { shownRecords, tableOf } from "./translators.ts";

export const translators = await recordedFigure("translators", {
  models: {},
  work: async ({ engine }): Promise<readonly (readonly Seq2SeqMetrics[])[]> => {
    const { seed, ...settings } = initial(fields);
    const wanted = settingsFrom(TRANSLATOR_DEFAULTS, settings);
    const records: (readonly Seq2SeqMetrics[])[] = [];
    for (const architecture of ARCHITECTURES) {
      const run = await engine.experiment("translator", { ...wanted, architecture }, seed);
      try {
        await run.start();
        if (run.error) throw run.error;
        records.push(shownRecords(run.records));
      } finally {
        await run.stop();
      }
    }
    return records;
  },
  table: (records) =>
    tableOf(
      records.map((own, i) => ({ name: NAMES[ARCHITECTURES[i]!], records: own.slice(-1) })),
      fields.digits.initial,
    ),
});
