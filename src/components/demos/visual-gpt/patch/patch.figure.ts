import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { MODEL, patchAll } from "./patch.ts";

export const patch = await buildFigure({
  models: { model: MODEL },
  work: (context) => patchAll(context, initial(fields)),
});
