import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { fields, parsePlaces } from "./fields.ts";
import { readMasked } from "./reader.ts";

const { text, masks } = initial(fields);

export const masked = await buildFigure({
  models: { model: BERT },
  work: (context) => readMasked(context, text, parsePlaces(masks)),
});
