import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { explain, MODEL } from "../explain.ts";
import { fields } from "./fields.ts";

export const six = await buildFigure({
  models: { model: MODEL },
  work: (context) => explain(context, initial(fields)),
});
