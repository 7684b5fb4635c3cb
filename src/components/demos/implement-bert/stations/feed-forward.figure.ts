import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { MODEL } from "../snapshot.ts";
import { firstTraces } from "./first-traces.ts";

export const feedForward = await buildFigure({
  models: { model: MODEL },
  work: (context) => firstTraces(context, ["attention-output", "feed-forward", "block-output"]),
});
