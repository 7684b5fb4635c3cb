import type { Random } from "../random.ts";

/** What becomes of a chosen token: `[MASK]`, some other token, or nothing. */
export type Fate = "masked" | "swapped" | "kept";

export const FATES: readonly Fate[] = ["masked", "swapped", "kept"];

/** A token that the model is asked for. */
export interface ChosenToken {
  readonly place: number;
  readonly fate: Fate;
  /** What stood there. */
  readonly original: number;
  /** What the model sees there. */
  readonly seen: number;
}

export interface RuleSettings {
  /** Share of the tokens that are chosen; 0.15 in the paper. */
  readonly share: number;
  readonly maskId: number;
  /** Tokens that may take the place of another. */
  readonly substitutes: readonly number[];
}

// #region masking
/**
 * The masking of BERT's pre-training (Devlin et al. 2018, section 3.1): of the chosen tokens 80 % become [MASK], 10 % a random token, and
 * 10 % stay as they are. As in the authors' code the number of chosen tokens is fixed by the length, and at least one.
 *
 * @param ids of a text
 * @param places that may be chosen: all but [CLS] and [SEP]
 * @returns in the order of the text
 */
export function chooseTokens(
  ids: readonly number[],
  places: readonly number[],
  { share, maskId, substitutes }: RuleSettings,
  random: Pick<Random, "uniform">,
): ChosenToken[] {
  const below = (limit: number): number => Math.floor(limit * random.uniform());
  const left = [...places];
  const count = Math.min(left.length, Math.max(1, Math.round(share * left.length)));
  const chosen = Array.from({ length: count }, () => left.splice(below(left.length), 1)[0]!);
  return chosen
    .sort((a, b) => a - b)
    .map((place) => {
      const original = ids[place]!;
      const lot = random.uniform();
      if (lot < 0.8) return { place, original, fate: "masked", seen: maskId };
      if (lot < 0.9) return { place, original, fate: "swapped", seen: substitutes[below(substitutes.length)]! };
      return { place, original, fate: "kept", seen: original };
    });
}
// #endregion

/** What the model reads: the text with what became of its chosen tokens. */
export function seenIds(ids: readonly number[], chosen: readonly ChosenToken[]): number[] {
  const seen = [...ids];
  for (const token of chosen) seen[token.place] = token.seen;
  return seen;
}
