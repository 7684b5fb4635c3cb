import { buildFigure } from "../../../../kit/figure/build-figure.ts";
import { initial } from "../../../../kit/state/hash-state.ts";
import { writeCandidates } from "../../../../subjects/reviews/candidates.ts";
import { groupsOf } from "../../../../subjects/reviews/labels/groups.ts";
import { WRITER } from "../../../../subjects/reviews/models.ts";
import { candidatePrompts, fields } from "./fields.ts";

/** The first groups, which wait for their order. */
export const candidates = await buildFigure({
  models: { writer: WRITER },
  work: async ({ engine }) => {
    const set = initial(fields);
    return groupsOf(await writeCandidates(engine, candidatePrompts(set), set.length, set.seed), set.size);
  },
});
