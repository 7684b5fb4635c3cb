import { distinctN } from "../../../../engine/decoding/diversity.ts";
import { distinctEstimate, type Estimate, meanEstimate, shareEstimate } from "../../../kit/text/statistics.ts";
import type { Player } from "../chapter-models.ts";
import { type Answer, stopped } from "../writing.ts";
import type { Question } from "./questions.ts";

/** What can be said of an answer without understanding it. */
export interface Judged {
  readonly answer: Answer;
  /** The model ended it. */
  readonly stopped: boolean;
  /** It has the form of an answer: ended, at least two characters long, does not begin with a question, and does not say the question again. */
  readonly shaped: boolean;
  /** `null` where that cannot be told by a rule. */
  readonly right: boolean | null;
  /** In characters. */
  readonly length: number;
  /** Share of runs of four characters that have stood in the answer before; `null` for answers that have none. */
  readonly repeated: number | null;
}

/** Both models' answers to one question. */
export interface Row extends Readonly<Record<Player, Judged>> {
  readonly question: Question;
}

const RUN = 4;
/** The first sentence is a question: to ask back behind an answer is polite, to ask in place of one is none. */
const ASKS_FIRST = /^[^。！？!?\n]*[？?]/u;

export function judge(question: Question, answer: Answer): Judged {
  const { text } = answer;
  const characters = [...text];
  const distinct = distinctN([characters], RUN);
  return {
    answer,
    stopped: stopped(answer),
    shaped: stopped(answer) && text.trim().length >= 2 && !ASKS_FIRST.test(text) && !text.includes(question.text),
    right: question.right ? question.right.test(text) : null,
    length: characters.length,
    repeated: distinct === null ? null : 1 - distinct,
  };
}

/** What is plotted as it comes in: each is a share of answers. */
export type ShareId = "stopped" | "shaped" | "right";

export const SHARES: readonly { readonly id: ShareId; readonly title: string }[] = [
  { id: "stopped", title: "自己停下" },
  { id: "shaped", title: "像个回答" },
  { id: "right", title: "答对（可查的题）" },
];

/** Whether a model had what is counted, question by question; those for which that cannot be told are left out. */
export function outcomesOf(rows: readonly Row[], player: Player, share: ShareId): boolean[] {
  return rows.map((row) => row[player][share]).filter((value) => value !== null);
}

/** Questions by which of the two has what is asked for: pairs tell more than two totals. */
export function pairedCounts(rows: readonly Row[], share: ShareId) {
  const count = (base: boolean, chat: boolean): number =>
    rows.filter((row) => row.base[share] === base && row.chat[share] === chat).length;
  return {
    both: count(true, true),
    onlyBase: count(true, false),
    onlyChat: count(false, true),
    neither: count(false, false),
  };
}

/**
 * The two-sided exact test of the sign (McNemar's, exact): how likely a split at least as uneven as this one is, if each question on which
 * the two differ were a coin's toss.
 * @returns `null` where they never differ
 */
export function signTest(a: number, b: number): number | null {
  const tosses = a + b;
  if (tosses === 0) return null;
  const extreme = Math.min(a, b);
  let term = 0.5 ** tosses;
  let tail = term;
  for (let k = 1; k <= extreme; k++) {
    term *= (tosses - k + 1) / k;
    tail += term;
  }
  return Math.min(1, 2 * tail);
}

/** One line of the summary. */
export interface SummaryLine {
  readonly id: string;
  readonly title: string;
  readonly kind: "share" | "characters";
  readonly base: Estimate | null;
  readonly chat: Estimate | null;
}

/** Everything that is measured, of all answers so far, with 95 % intervals. */
export function summarize(rows: readonly Row[]): SummaryLine[] {
  const line = (
    id: string,
    title: string,
    kind: SummaryLine["kind"],
    estimate: (judged: readonly Judged[]) => Estimate | null,
  ): SummaryLine => {
    const of = (player: Player) => estimate(rows.map((row) => row[player]));
    return { id, title, kind, base: of("base"), chat: of("chat") };
  };
  return [
    ...SHARES.map(({ id, title }) =>
      line(id, title, "share", (judged) => {
        const counted = judged.map((one) => one[id]).filter((value) => value !== null);
        return shareEstimate(counted.filter(Boolean).length, counted.length);
      }),
    ),
    line("length", "长度", "characters", (judged) => meanEstimate(judged.map(({ length }) => length))),
    line("distinct2", "distinct-2", "share", (judged) =>
      distinctEstimate(judged.map(({ answer }) => pairsOf(answer.text))),
    ),
    line("repeated", "重复的四字串", "share", (judged) =>
      meanEstimate(judged.map(({ repeated }) => repeated).filter((share) => share !== null)),
    ),
  ];
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}
