import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { rounded } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { stateFields } from "../fields.ts";
import { lookInside, quickSettings, type SideStates, type States } from "./look.ts";
import { tableOf } from "./states.ts";

export const states = await recordedFigure("states", {
  models: {},
  work: async ({ engine }): Promise<States> => {
    const { model, source, steps } = initial(stateFields);
    const { settings, seed } = quickSettings(model, steps);
    const run = await engine.experiment("translator", settings, seed);
    try {
      await run.start();
      if (run.error) throw run.error;
      const looked = { architecture: model, steps, digits: settings.digits };
      const found = await lookInside((question) => run.ask(question), looked, source);
      const short = (side: SideStates): SideStates => ({ ...side, states: rounded(side.states) });
      const { encoder, decoder } = found!.sides;
      return { ...found!, sides: { encoder: short(encoder), decoder: short(decoder) } };
    } finally {
      await run.stop();
    }
  },
  table: tableOf,
});
