import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { roundedWeights } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { type Attended, fields, MODEL, readAttended } from "./attended.ts";

export const attended = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Attended> => {
    const read = await readAttended(context, initial(fields).text);
    return { ...read, patterns: read.patterns.map(roundedWeights) };
  },
});
