import { maxOf, mean } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";

/** One wording of a question, what the model answers to it, and how likely it finds the given answer. */
export interface Worded {
  readonly wording: string;
  /** At temperature 0: nothing in it is chance. */
  readonly answer: string;
  /** Natural log-probabilities of the tokens of the given answer. */
  readonly given: readonly number[];
}

/**
 * How alike two texts are: the Dice coefficient of their pairs of neighbouring characters, each pair as often as it stands there (Dice 1945),
 * in [0, 1]; 1 for the same pairs. Two texts of less than two characters are alike only if they are equal.
 */
export function likeness(a: string, b: string): number {
  const [one, other] = [pairsOf(a), pairsOf(b)];
  const total = one.length + other.length;
  if (total === 0) return a === b ? 1 : 0;
  const left = new Map<string, number>();
  for (const pair of one) left.set(pair, (left.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of other) {
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    shared++;
    left.set(pair, count - 1);
  }
  return (2 * shared) / total;
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

/** How far the wordings agree. */
export interface Agreement {
  /** Different answers. */
  readonly different: number;
  /** Mean likeness of all pairs of answers. */
  readonly likeness: number;
  /** How many times as likely the given answer is under the best wording as under the worst. */
  readonly ratio: number;
  readonly best: string;
  readonly worst: string;
}

/** @returns `undefined` for fewer than two wordings: nothing can agree */
export function agreementOf(rows: readonly Worded[]): Agreement | undefined {
  const sorted = rows.toSorted((a, b) => totalOf(a) - totalOf(b));
  const [worst, best] = [sorted[0], sorted.at(-1)];
  if (rows.length < 2 || !worst || !best) return undefined;
  const answers = rows.map(({ answer }) => answer);
  const pairs = answers.flatMap((a, i) => answers.slice(i + 1).map((b) => likeness(a, b)));
  return {
    different: new Set(answers).size,
    likeness: mean(pairs),
    ratio: Math.exp(totalOf(best) - totalOf(worst)),
    best: best.wording,
    worst: worst.wording,
  };
}

/** Natural logarithm of the probability of the whole given answer. */
export function totalOf({ given }: Pick<Worded, "given">): number {
  return given.reduce((sum, logProb) => sum + logProb, 0);
}

/** Wording by wording, as a table. @param given the answer whose probability is told */
export function wordingColumns(rows: readonly Worded[], given: string): readonly Column<Worded>[] {
  const best = maxOf(rows.map(totalOf));
  const share = (row: Worded): number => Math.exp(totalOf(row) - best);
  return [
    { head: "问法", cell: ({ wording }) => wording },
    { head: "它答（温度 0）", cell: ({ answer }) => answer.trim() || "（什么也没有写）", wide: true },
    {
      head: `「${given}」的概率，最大的算 100%`,
      cell: share,
      print: formatPercent,
      bar: { length: share, color: () => "var(--vl-head-0)" },
      only: "screen",
    },
    { head: "给定回答的 ln p", cell: totalOf, print: (total) => formatNumber(total, 2) },
    { head: "给定回答的词元", cell: ({ given }) => given.length, only: "csv" },
  ];
}
