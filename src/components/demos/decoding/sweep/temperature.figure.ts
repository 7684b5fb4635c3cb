import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { AXIS_NAMES, fields } from "./fields.ts";
import { measure, type Sweep } from "./measure.ts";
import { columnsOf, SHOWN_POEMS } from "./metrics.ts";

export const temperature = await recordedFigure("temperature", {
  models: { model: MODEL },
  work: async function* (context) {
    for await (const sweep of measure(context, initial(fields))) yield withFewPoems(sweep);
  },
  table: ({ axis, seed, rows }) => csvOf(columnsOf(AXIS_NAMES[axis], seed), rows),
});

/** The poems that are shown, and no pace: it is that of another machine. */
function withFewPoems(sweep: Sweep): Sweep {
  return { ...sweep, seconds: 0, rows: sweep.rows.map((row) => ({ ...row, poems: row.poems.slice(0, SHOWN_POEMS) })) };
}
