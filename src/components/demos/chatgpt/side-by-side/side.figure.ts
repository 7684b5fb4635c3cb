import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { namesOf } from "../../../kit/figure/names.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { PLAYER_MODELS, type Player } from "../chapter-models.ts";
import { answer, fields, type SideBySide } from "./answer.ts";

export const side = await buildFigure({
  models: PLAYER_MODELS,
  work: async (context): Promise<SideBySide> => {
    let last: SideBySide | undefined;
    await answer(context, initial(fields), (now) => {
      last = now;
    });
    if (!last) throw new Error("Nobody answered.");
    const { prompts, answers, models, remark } = last;
    const own = (player: Player) => {
      const tokens = [...prompts[player].ids, ...answers[player].tokens.map(({ token }) => token)];
      const { vocabulary, specialIds } = models[player];
      return { vocabulary: namesOf(tokens, vocabulary), specialIds };
    };
    return { prompts, answers, models: { base: own("base"), chat: own("chat") }, remark };
  },
});
