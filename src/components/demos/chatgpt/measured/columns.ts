import type { Column } from "../../../figures/data-table.ts";
import { PLAYER_NAMES, PLAYERS, type Player } from "../chapter-models.ts";
import type { Judged } from "./judge.ts";
import type { Answered } from "./measure.ts";
import { QUESTIONS } from "./questions.ts";

/** One model's answer to one question. */
export interface Line extends Judged {
  readonly question: string;
  readonly player: Player;
}

/** All that is saved of an answer. */
export const COLUMNS: readonly Column<Line>[] = [
  { head: "题", cell: ({ question }) => question },
  { head: "模型", cell: ({ player }) => PLAYER_NAMES[player] },
  { head: "回答", cell: ({ answer }) => answer.text },
  { head: "怎样结束", cell: ({ answer }) => answer.ending },
  { head: "停下", cell: ({ stopped }) => stopped },
  { head: "像回答", cell: ({ shaped }) => shaped },
  { head: "对", cell: ({ right }) => right },
  { head: "字数", cell: ({ length }) => length },
  { head: "重复的四字串", cell: ({ repeated }) => repeated },
];

/** Answer by answer. */
export function linesOf(rows: Answered["rows"]): Line[] {
  return rows.flatMap((row, i) =>
    PLAYERS.map((player) => ({ ...row[player], question: QUESTIONS[i]?.text ?? "", player })),
  );
}
