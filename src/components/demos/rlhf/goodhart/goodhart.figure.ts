import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { fields, planOf } from "./fields.ts";
import { optimise } from "./write.ts";

export const optimised = await buildFigure({
  models: { model: MODEL },
  work: (context) => optimise(context, planOf(initial(fields))),
});
