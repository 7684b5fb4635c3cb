import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { roundedWeights } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { MODELS, readBoth, type Side, type TwoSides } from "./two-sides.ts";

export const both = await buildFigure({
  models: MODELS,
  work: async (context): Promise<TwoSides> => {
    const { text, other } = initial(fields);
    const { sides, alike } = await readBoth(context, text, other);
    const short = (side: Side): Side => ({ ...side, patterns: side.patterns.map(roundedWeights) });
    return { sides: { gpt: short(sides.gpt), bert: short(sides.bert) }, alike };
  },
});
