import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { find } from "./find.ts";
import { MODEL, planted } from "./plant.ts";

export const who = await buildFigure({
  models: { model: MODEL },
  work: (context) => {
    const { text, place, times, ...asked } = initial(fields);
    return find(context, { ...asked, text: planted(text, place, times) });
  },
});
