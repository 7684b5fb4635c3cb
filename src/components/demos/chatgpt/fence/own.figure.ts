import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CHAT } from "../chapter-models.ts";
import { askOwn, fields } from "./own.ts";

export const owned = await buildFigure({
  models: { model: CHAT },
  work: (context) => askOwn(context, initial(fields)),
});
