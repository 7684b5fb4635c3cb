import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { roundedWeights, withDigits } from "../../../kit/figure/rounded.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { fields } from "./fields.ts";
import { type HeadsReading, readText } from "./read.ts";
import { surveyHeads } from "./survey.ts";

export const heads = await buildFigure({
  models: { model: BERT },
  work: async (context): Promise<HeadsReading> => {
    const { first, second } = initial(fields);
    const text = await readText(context, first, second);
    return {
      text: { ...text, patterns: text.patterns.map(roundedWeights) },
      facts: withDigits(await surveyHeads(context, () => {}), 4),
    };
  },
});
