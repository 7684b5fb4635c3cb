import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CHAT } from "../chapter-models.ts";
import { askFence, fields } from "./ask.ts";
import { separationTable } from "./separation.ts";

export const fenced = await recordedFigure("fence", {
  models: { model: CHAT },
  work: (context) => askFence(context, initial(fields)),
  table: ({ answers }) => separationTable(answers),
});
