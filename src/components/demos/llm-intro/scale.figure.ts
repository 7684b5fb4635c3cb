import { buildFigure } from "../../kit/figure/build-figure.ts";
import { MODEL, readPoints, type Scale } from "./scale.ts";

/** Without the device: it is the reader's. */
export const scale = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Scale> => ({ points: await readPoints(context) }),
});
