import { buildFigure } from "../../kit/figure/build-figure.ts";
import { initial } from "../../kit/state/hash-state.ts";
import { MODEL } from "../../subjects/poems/poem-tables.ts";
import { fields, writePoem } from "./opening.ts";

export const opening = await buildFigure({
  models: { model: MODEL },
  work: (context) => writePoem(context, initial(fields)),
});
