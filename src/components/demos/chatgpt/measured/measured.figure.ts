import { csvOf } from "../../../figures/data-table.ts";
import { recordedFigure } from "../../../kit/figure/build-figure.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { PLAYER_MODELS } from "../chapter-models.ts";
import { COLUMNS, linesOf } from "./columns.ts";
import type { Judged } from "./judge.ts";
import { type Answered, fields, measure } from "./measure.ts";

export const measured = await recordedFigure("measured", {
  models: PLAYER_MODELS,
  work: async function* (context) {
    for await (const answered of measure(context, initial(fields))) yield withoutTokens(answered);
  },
  table: ({ rows }) => csvOf(COLUMNS, linesOf(rows)),
});

/** Only the texts are shown, not what they were made of. */
function withoutTokens({ count, rows }: Answered): Answered {
  const short = (judged: Judged): Judged => ({ ...judged, answer: { ...judged.answer, tokens: [] } });
  return { count, rows: rows.map(({ base, chat }) => ({ base: short(base), chat: short(chat) })) };
}
