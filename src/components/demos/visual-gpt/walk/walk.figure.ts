import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { MODEL, partOf, read, type WalkReading } from "./reading.ts";

export const walk = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<WalkReading> => {
    const { text, layer, head } = initial(fields);
    return partOf(await read(context, text), layer, head);
  },
});
