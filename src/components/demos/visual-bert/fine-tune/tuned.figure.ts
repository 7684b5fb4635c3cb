import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { BERT } from "../chapter-models.ts";
import { fields, settingsOf } from "./fields.ts";
import { SETS } from "./sets/sets.ts";
import { tune } from "./tune.ts";

const { source, sentence, seed, ...set } = initial(fields);
if (source === "own") throw new Error("a reader's own sentences are there only once he has written them");

export const tuned = await buildFigure({
  models: { model: BERT },
  work: (context) => tune(context, settingsOf({ source, sentence, seed, ...set }, SETS[source]), seed, sentence),
});
