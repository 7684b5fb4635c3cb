import { separatorOf } from "../../../../engine/model-info.ts";
import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { namesOf } from "../../../kit/figure/names.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { CHAT } from "../chapter-models.ts";
import { tokensOf } from "./conversation.ts";
import { converse, fields, type Talk } from "./converse.ts";

export const talked = await buildFigure({
  models: { model: CHAT },
  work: async (context): Promise<Talk> => {
    const { model, ...talk } = await converse(context, initial(fields));
    const { vocabulary, specialIds } = model;
    const tokens = talk.turns.flatMap((turn) => tokensOf(turn, separatorOf(context.model) ?? 0));
    return { ...talk, model: { vocabulary: namesOf([...tokens, ...specialIds], vocabulary), specialIds } };
  },
});
