import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { topPFields } from "./fields.ts";
import { readText } from "./read.ts";

export const topP = await buildFigure({
  models: { model: MODEL },
  work: (context) => {
    const { topP, ...prompt } = initial(topPFields);
    return readText(context, prompt, { topP });
  },
});
