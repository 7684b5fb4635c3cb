import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../model.ts";
import { cascade } from "./cascade.ts";
import { fields } from "./fields.ts";

export const cascaded = await buildFigure({
  models: { model: MODEL },
  work: (context) => cascade(context, initial(fields)),
});
