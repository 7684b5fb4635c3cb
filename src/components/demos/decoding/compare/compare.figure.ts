import { buildFigure } from "../../../kit/figure/build-figure.ts";
import { namesOf } from "../../../kit/figure/names.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { MODEL } from "../../../subjects/poems/poem-tables.ts";
import { fields } from "./fields.ts";
import { type Race, race } from "./race.ts";

export const compared = await buildFigure({
  models: { model: MODEL },
  work: async (context): Promise<Race> => {
    let last: Race | undefined;
    await race(context, initial(fields), (now) => {
      last = now;
    });
    if (!last) throw new Error("Nobody wrote.");
    return withoutMachine(last);
  },
});

/** Of the vocabulary only what was written, and no pace: it would be that of the machine on which the site was built. */
function withoutMachine({ assignment, rows, lines }: Race): Race {
  const drafts = rows.flatMap(({ draft, drafts = [] }) => [draft, ...drafts]);
  const written = drafts.flatMap(({ tokens }) => tokens.map(({ token }) => token));
  const names = namesOf(written, assignment.names);
  return { assignment: { ...assignment, names }, rows: rows.map((row) => ({ ...row, seconds: 0, rate: null })), lines };
}
