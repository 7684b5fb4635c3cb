import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { feature } from "./measure.ts";

const settings = initial(fields);

export const featured = await buildFigure({
  models: { model: settings.model },
  work: async (context) => {
    const { positions, ...measured } = await feature(context, settings);
    // A hundredth is less than a pixel of the map.
    return { ...measured, positions: positions?.map((place) => Math.round(100 * place) / 100) };
  },
});
