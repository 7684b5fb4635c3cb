import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CLASSIFIER } from "../chapter-models.ts";
import { parsePlaces } from "../fill-mask/fields.ts";
import { judgeFields } from "./fields.ts";
import { judge } from "./judging.ts";

const { text, masks } = initial(judgeFields);

export const judged = await buildFigure({
  models: { model: CLASSIFIER },
  work: (context) => judge(context, text, parsePlaces(masks)),
});
