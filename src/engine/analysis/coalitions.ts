import { EngineError } from "../errors.ts";

/** Parts of an input, "players", that are present: one entry for each player. An absent one is hidden, not taken out. */
export type Coalition = readonly boolean[];

/**
 * A black box: one number for each coalition, such as the log-odds that a classifier gives to a text in which only these players can be read.
 * It is asked about a few coalitions at a time, so that it may count them, or throw to end the work.
 */
export type Score = (coalitions: readonly Coalition[]) => Promise<ArrayLike<number>>;

/** What a score is shared out into. */
export interface Shares {
  /** One for each player; they add up to `full` − `empty`. */
  readonly values: Float64Array;
  /** The score without any player. */
  readonly empty: number;
  /** The score with all of them. */
  readonly full: number;
}

/** Texts read at once: many hide the cost of a call, while their activations stay small. */
const BATCH = 16;

/**
 * A text as coalitions of some of its tokens leave it, each absent token hidden as in occlusion.
 *
 * @param places of the players, counted with [CLS] at 0
 * @param maskId the token that stands for a hidden one
 */
export function coalitionTexts<Text extends { readonly ids: readonly number[] }>(
  text: Text,
  places: readonly number[],
  coalitions: readonly Coalition[],
  maskId: number,
): Text[] {
  return coalitions.map((coalition) => {
    const hidden = new Set(places.filter((_, player) => !coalition[player]));
    return { ...text, ids: text.ids.map((id, place) => (hidden.has(place) ? maskId : id)) };
  });
}

/** All 2ⁿ coalitions; the k-th has player i if bit i of k is set, so the first is empty and the last has all. */
export function everyCoalition(players: number): Coalition[] {
  return Array.from({ length: 2 ** players }, (_, bits) =>
    Array.from({ length: players }, (_, player) => ((bits >> player) & 1) === 1),
  );
}

/** How many players are present. */
export function sizeOf(coalition: Coalition): number {
  return coalition.reduce((count, present) => count + Number(present), 0);
}

/** How many coalitions of some size there are: n! / (k! (n − k)!). */
export function binomial(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product *= (n - k + i) / i;
  return product;
}

/** The score of each coalition. @throws EngineError `bad-input` if one is not a finite number, and what the score throws */
export async function scoresOf(score: Score, coalitions: readonly Coalition[]): Promise<Float64Array> {
  const scores = new Float64Array(coalitions.length);
  for (let start = 0; start < coalitions.length; start += BATCH) {
    const batch = coalitions.slice(start, start + BATCH);
    const own = await score(batch);
    if (own.length !== batch.length) throw new EngineError("bad-input", "分数的个数和输入的个数对不上");
    scores.set(own, start);
  }
  if (!scores.every(Number.isFinite)) throw new EngineError("bad-input", "有的分数不是有限的数");
  return scores;
}

/** @throws EngineError `bad-input` */
export function checkPlayers(players: number, most = Number.POSITIVE_INFINITY): void {
  if (!Number.isInteger(players) || players < 1) throw new EngineError("bad-input", "至少要有一个词元可以遮住");
  if (players > most) throw new EngineError("bad-input", `有 ${players} 个词元，最多算 ${most} 个`);
}

/** @throws EngineError `bad-input` */
export function checkSamples(samples: number): void {
  if (!Number.isInteger(samples) || samples < 2) throw new EngineError("bad-input", "至少要抽两个样本");
}
