import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { askAll, columns, fields, MODEL } from "./few-shot.ts";

export const fewShot = await recordedFigure("few-shot", {
  models: { model: MODEL },
  work: (context) => askAll(context, initial(fields)),
  table: (scores) => csvOf(columns, scores),
});
