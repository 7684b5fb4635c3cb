import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CHAT } from "../chapter-models.ts";
import { askAll, fields } from "./ask.ts";

export const worded = await buildFigure({
  models: { model: CHAT },
  work: (context) => askAll(context, initial(fields)),
});
