import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { buildFigure } from "../../../kit/figure/build-figure.ts";
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
      text: { ...text, patterns: text.patterns.map(rounded) },
      facts: await surveyHeads(context, () => {}),
    };
  },
});

/** To four digits behind the point: these are many numbers to send, and none of them is shown in more. */
function rounded({ shape, data }: HostTensor): HostTensor {
  return { shape, data: data.map((weight) => Math.round(weight * 10_000) / 10_000) };
}
