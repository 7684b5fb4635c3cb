import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { fields, readOpening } from "./reading.ts";

export const leashed = await buildFigure({
  models: { model: MODEL },
  work: (context) => readOpening(context, initial(fields)),
});
