import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { columns, measureAll } from "./measure.ts";

/** No demo shows it, the page prints its table: `npm run record -- tools`. */
export const tools = await recordedFigure("tools", {
  models: { classifier: "sentiment-zh", gpt: "gpt-zh", bert: "bert-zh" },
  work: (context) => measureAll(context),
  table: (measured) => csvOf(columns, measured),
});
