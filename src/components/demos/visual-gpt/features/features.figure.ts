import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { drawDepths, type Features, MODEL } from "./features.ts";
import { fields } from "./fields.ts";

export const drawn = await buildFigure({
  models: { model: MODEL },
  work: async function* (context): AsyncGenerator<Features> {
    for await (const now of drawDepths(context, initial(fields))) {
      // A hundredth is less than a pixel of the map.
      const depths = now.depths.map((depth) => ({
        ...depth,
        positions: depth.positions.map((place) => Math.round(100 * place) / 100),
      }));
      yield { ...now, depths };
    }
  },
});
