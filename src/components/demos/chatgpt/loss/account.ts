import { mean } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatChange, formatNumber } from "../../../kit/text/format.ts";
import { type Estimate, meanEstimate } from "../../../kit/text/statistics.ts";
import { PLAYER_NAMES, PLAYERS, type Player } from "../chapter-models.ts";
import type { Reference } from "./references.ts";

/** An answer that was given, and what both models think of it. */
export interface Scored extends Readonly<Record<Player, readonly number[]>> {
  readonly reference: Reference;
  /** Tokens of the answer, the end token last. The log-probabilities of both models belong to them one by one. */
  readonly tokens: readonly string[];
}

/** The mean cross-entropy of the tokens of one answer, in nats. */
export function lossOf(scored: Scored, player: Player): number {
  return -mean(scored[player]);
}

/** A part of all answers, and both models' mean cross-entropy on it, in nats per token. */
export interface Part extends Readonly<Record<Player, number>> {
  readonly id: "all" | "first" | "middle" | "end";
  readonly title: string;
  readonly tokens: number;
}

/** All tokens of all answers together, and by where they stand: where an answer begins, goes on, and ends. None before there is an answer. */
export function partsOf(scored: readonly Scored[]): Part[] {
  const cuts = [
    { id: "first", title: "第一个词元", cut: (values: readonly number[]) => values.slice(0, 1) },
    { id: "middle", title: "中间的", cut: (values: readonly number[]) => values.slice(1, -1) },
    { id: "end", title: "结尾的 [END]", cut: (values: readonly number[]) => values.slice(-1) },
    { id: "all", title: "全部", cut: (values: readonly number[]) => values },
  ] as const;
  return cuts.flatMap(({ id, title, cut }) => {
    const [base = [], chat = []] = PLAYERS.map((player) => scored.flatMap((one) => cut(one[player])));
    return base.length === 0 ? [] : [{ id, title, tokens: base.length, base: -mean(base), chat: -mean(chat) }];
  });
}

/** The parts as a table. */
export const PART_COLUMNS: readonly Column<Part>[] = [
  { head: "哪些词元", cell: ({ title }) => title },
  { head: "个数", cell: ({ tokens }) => tokens },
  ...PLAYERS.map((player) => ({ head: PLAYER_NAMES[player], cell: (part: Part) => part[player], print: formatLoss })),
  { head: "变了", cell: ({ base, chat }) => chat - base, print: (change) => formatChange(change, 2) },
];

function formatLoss(loss: number): string {
  return formatNumber(loss, 2);
}

/** The tuned model's loss minus the base model's, answer by answer, in nats per token, with its 95 % interval. */
export function changeOf(scored: readonly Scored[]): Estimate | null {
  return meanEstimate(scored.map((one) => lossOf(one, "chat") - lossOf(one, "base")));
}
