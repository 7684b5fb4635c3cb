import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CHAT } from "../chapter-models.ts";
import { askAll, fields } from "./ask.ts";
import { TOPICS } from "./topics.ts";

const settings = initial(fields);
const questions = TOPICS[settings.topic].probes.map(({ text }) => text);

export const weak = await buildFigure({
  models: { model: CHAT },
  work: (context) => askAll(context, questions, settings),
});
