import type { LearnedReview, RlhfMetrics } from "../../../../engine/experiments/rlhf-records.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";

/** A token, and how much better than expected it was. */
export interface TokenAdvantage {
  readonly token: string;
  readonly advantage: number;
}

/** A review of a round, as far as it is drawn. */
export interface RoundReview extends Pick<LearnedReview, "category" | "opening" | "text" | "reward" | "kl" | "tokens"> {
  readonly advantages: readonly number[];
}

/** What is kept of a round of the loop: what each of its stages has made, so that one can go back to it. */
export interface Round
  extends Pick<RlhfMetrics, "iteration" | "reward" | "kl" | "entropy" | "epochs" | "updateKl" | "clipFraction"> {
  /** Reviews written. */
  readonly written: number;
  /** The tokens of all of them with the smallest and the largest advantage; undefined without any. */
  readonly extremes: { readonly min: TokenAdvantage; readonly max: TokenAdvantage } | undefined;
  /** The first few of them. */
  readonly reviews: readonly RoundReview[];
}

/** Reviews of a round that are drawn. */
const SHOWN = 4;

/** @param reviews all of the round that the record is of */
export function roundOf(record: RlhfMetrics, reviews: readonly LearnedReview[]): Round {
  const { iteration, reward, kl, entropy, epochs, updateKl, clipFraction } = record;
  return {
    ...{ iteration, reward, kl, entropy, epochs, updateKl, clipFraction },
    written: reviews.length,
    extremes: extremes(reviews),
    reviews: reviews.slice(0, SHOWN).map(({ category, opening, text, reward, kl, tokens, advantages }) => ({
      ...{ category, opening, text, reward, kl, tokens },
      advantages: [...advantages],
    })),
  };
}

/** The tokens with the smallest and the largest advantage; undefined without any. */
export function extremes(reviews: readonly Pick<LearnedReview, "tokens" | "advantages">[]): Round["extremes"] {
  const all = reviews.flatMap(({ tokens, advantages }) =>
    Array.from(advantages, (advantage, i): TokenAdvantage => ({ token: visibleToken(tokens[i] ?? ""), advantage })),
  );
  const [first] = all;
  if (!first) return undefined;
  return all.reduce(
    ({ min, max }, one) => ({
      min: one.advantage < min.advantage ? one : min,
      max: one.advantage > max.advantage ? one : max,
    }),
    { min: first, max: first },
  );
}
