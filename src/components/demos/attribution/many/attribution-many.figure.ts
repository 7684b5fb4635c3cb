import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { MODEL } from "../model.ts";
import { columns, measureAll } from "./many.ts";

/** No demo shows it, the page prints its table: `npm run record -- attribution-many`. */
export const many = await recordedFigure("attribution-many", {
  models: { model: MODEL },
  work: (context) => measureAll(context),
  table: (measured) => csvOf(columns, measured),
});
