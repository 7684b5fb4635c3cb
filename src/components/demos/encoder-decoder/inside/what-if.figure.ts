import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { rounded } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { whatIfFields } from "../fields.ts";
import { quickSettings, type Written } from "./look.ts";
import { tableOf, tryIt, type WhatIf } from "./what-if.ts";

export const whatIf = await recordedFigure("what-if", {
  models: {},
  work: async ({ engine }): Promise<WhatIf> => {
    const asked = initial(whatIfFields);
    const { settings, seed } = quickSettings("lstm-attention", asked.steps);
    const run = await engine.experiment("translator", settings, seed);
    try {
      await run.start();
      if (run.error) throw run.error;
      const looked = { architecture: settings.architecture, steps: asked.steps, digits: settings.digits };
      const found = await tryIt((question) => run.ask(question), looked, asked);
      const short = (written: Written): Written => ({
        ...written,
        pattern: written.pattern && rounded(written.pattern),
      });
      return { ...found!, own: short(found!.own), changed: short(found!.changed) };
    } finally {
      await run.stop();
    }
  },
  table: tableOf,
});
