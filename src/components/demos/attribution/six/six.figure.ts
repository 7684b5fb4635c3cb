import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { explain } from "../../../subjects/attribution/explain.ts";
import { MODEL } from "../model.ts";
import { fields } from "./fields.ts";

export const six = await buildFigure({
  models: { model: MODEL },
  work: (context) => explain(context, initial(fields)),
});
