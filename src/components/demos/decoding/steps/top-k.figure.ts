import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { topKFields } from "./fields.ts";
import { readText } from "./read.ts";

export const topK = await buildFigure({
  models: { model: MODEL },
  work: (context) => {
    const { topK, ...prompt } = initial(topKFields);
    return readText(context, prompt, { topK });
  },
});
