import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { MODEL, read } from "./perplexity.ts";

export const likely = await buildFigure({
  models: { model: MODEL },
  work: (context) => read(context, initial(fields).text),
});
