import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { namesOf } from "../../../kit/figure/names.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { PLAYER_MODELS } from "../chapter-models.ts";
import { fields, type Scores, score } from "./score.ts";

export const losses = await buildFigure({
  models: PLAYER_MODELS,
  work: async function* (context) {
    for await (const scores of score(context, initial(fields))) yield withOwnNames(scores);
  },
});

/** Of the vocabularies only what occurs. */
function withOwnNames({ results, models, remark }: Scores): Scores {
  const tokens = results.flatMap(({ prompt, ids }) => [...prompt.ids, ...ids]);
  const own = ({ vocabulary, specialIds }: Scores["models"]["base"]) => ({
    vocabulary: namesOf(tokens, vocabulary),
    specialIds,
  });
  return { results, models: { base: own(models.base), chat: own(models.chat) }, remark };
}
