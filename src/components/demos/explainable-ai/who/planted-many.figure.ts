import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { columns, measureAll } from "./many.ts";
import { MODEL } from "./plant.ts";

/** No demo shows it, the page prints its table: `npm run record -- planted-many`. */
export const many = await recordedFigure("planted-many", {
  models: { model: MODEL },
  work: (context) => measureAll(context),
  table: (measured) => csvOf(columns, measured),
});
