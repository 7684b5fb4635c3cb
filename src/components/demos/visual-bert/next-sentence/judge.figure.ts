import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { fields, judge, judgeAll } from "./judge.ts";

const models = { model: BERT };

export const verdict = await buildFigure({ models, work: (context) => judge(context, initial(fields)) });
export const pairs = await buildFigure({ models, work: judgeAll });
