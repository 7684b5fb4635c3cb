import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { namesOf } from "../../../kit/figure/names.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { beamFields } from "./fields.ts";
import { type Search, searchBeams } from "./search.ts";

export const beam = await buildFigure({
  models: { model: MODEL },
  work: async function* (context) {
    for await (const search of searchBeams(context, initial(beamFields))) yield withOwnNames(search);
  },
});

/** Of the vocabulary only what occurs. */
function withOwnNames(search: Search): Search {
  const { steps, greedy, names } = search;
  const tokens = [...steps.flatMap(({ candidates }) => candidates.map(({ token }) => token)), ...(greedy?.ids ?? [])];
  return { ...search, names: namesOf(tokens, names) };
}
