import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CHAT } from "../chapter-models.ts";
import { fields, measure } from "./measure.ts";

export const forgotten = await buildFigure({
  models: { model: CHAT },
  work: (context) => measure(context, initial(fields)),
});
