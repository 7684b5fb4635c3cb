import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { MODEL } from "../snapshot.ts";
import { firstTraces } from "./first-traces.ts";

export const attention = await buildFigure({
  models: { model: MODEL },
  work: (context) => firstTraces(context, ["query-key-value", "scores", "pattern", "mixed"]),
});
