import { distinctN } from "../../../../engine/decoding/diversity.ts";
import { maxOf, mean } from "../../../../engine/statistics.ts";
import { type Form, hasForm } from "../../../subjects/poems/poem.ts";

/** A poem and what its sampling measured. */
export interface Sample {
  readonly body: string;
  readonly finished: boolean;
  readonly reward: number;
  readonly kl: number;
  readonly logProb: number;
}

/** What some poems of one leash have in common. */
export interface Row {
  /** β; Infinity for the model as it is. */
  readonly beta: number;
  readonly samples: readonly Sample[];
  /** Mean reward of a poem: what was optimised. */
  readonly reward: number;
  /** Mean KL divergence of a poem, in nats. */
  readonly kl: number;
  /** Mean ln π_ref of a token: how plausible the model itself finds the poems. */
  readonly logProb: number;
  /** Of all poems together. */
  readonly distinct2: number;
  /** Share of poems that mention what the reader likes, keep their form and harp on nothing: what was meant. */
  readonly meant: number;
}

/** A character that stands in a poem more often than this is harped on. */
const MAX_REPEATS = 2;

/** Whether a poem is what somebody would mean who says "a poem with these characters": one of them, a whole form, no harping. */
export function isMeant({ body, finished }: Pick<Sample, "body" | "finished">, form: Form, liked: string): boolean {
  const characters = [...body].filter((char) => !/[，。]/.test(char));
  const counts = new Map<string, number>();
  for (const char of characters) counts.set(char, (counts.get(char) ?? 0) + 1);
  const mentions = characters.some((char) => liked.includes(char));
  return mentions && hasForm({ body, finished }, form) && maxOf([...counts.values()]) <= MAX_REPEATS;
}

/** The row of one β, of at least one poem. @param liked the rewarded characters */
export function rowOf(beta: number, samples: readonly Sample[], form: Form, liked: string): Row {
  const over = (of: (sample: Sample) => number): number => mean(samples.map(of));
  return {
    beta,
    samples,
    reward: over(({ reward }) => reward),
    kl: over(({ kl }) => kl),
    logProb: over(({ logProb, body, finished }) => logProb / ([...body].length + (finished ? 1 : 0) || 1)),
    distinct2:
      distinctN(
        samples.map(({ body }) => [...body]),
        2,
      ) ?? 0,
    meant: over((sample) => (isMeant(sample, form, liked) ? 1 : 0)),
  };
}

/** The row with the largest share of what was meant; the first of equals. */
export function bestMeant(rows: readonly Row[]): Row | undefined {
  return rows.reduce<Row | undefined>((best, row) => (best && best.meant >= row.meant ? best : row), undefined);
}

/** What came out, in one or two sentences with figures. */
export function verdictOf(rows: readonly Row[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  const best = bestMeant(rows);
  if (!first || !last || !best || rows.length < 2) return "";
  const percent = (share: number): string => `${Math.round(100 * share)}%`;
  const steady = rows.every((row, i) => i === 0 || row.reward >= rows[i - 1]!.reward);
  const reward = `奖励从每首 ${first.reward.toFixed(1)} 个到 ${last.reward.toFixed(1)} 个${steady ? "，一步也没有跌" : ""}`;
  if (best.meant > last.meant && best.meant > first.meant) {
    return `${reward}。合意的诗先从 ${percent(first.meant)} 升到 ${percent(best.meant)}（${betaName(best.beta)}），β 再小，就跌到 ${percent(last.meant)}。`;
  }
  return `${reward}；合意的诗从 ${percent(first.meant)} 变到 ${percent(last.meant)}。这一次没有先升后跌：多写几首，或者换几个字。`;
}

export function betaName(beta: number): string {
  return Number.isFinite(beta) ? `β = ${beta}` : "原来的模型";
}
