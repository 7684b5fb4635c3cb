import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { roundedWeights } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { MODEL, type Reading, read } from "./position.ts";

export const position = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Reading> => {
    const settings = initial(fields);
    const reading = await read(context, settings);
    const altered = reading.altered.map((one) => ({
      ...one,
      patterns: new Map([[settings.layer, roundedWeights(one.patterns.get(settings.layer)!)]]),
    }));
    return { ...reading, altered, likeness: reading.likeness.map((value) => Math.round(1000 * value) / 1000) };
  },
});
