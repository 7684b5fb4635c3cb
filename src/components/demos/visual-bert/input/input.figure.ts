import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { fields, readInput } from "./read.ts";
import { sentInput } from "./sent.ts";

export const input = await buildFigure({
  models: { model: BERT },
  work: async (context) => sentInput(await readInput(context, initial(fields))),
});
