import { buildFigure } from "../../kit/figure/build-figure.ts";
import { roundedWeights } from "../../kit/figure/rounded.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { fields, MODEL, type Reading, read } from "./heads.ts";

export const heads = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Reading> => {
    const reading = await read(context, initial(fields));
    return { ...reading, patterns: reading.patterns.map(roundedWeights) };
  },
});
