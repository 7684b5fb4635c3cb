import { graphemes } from "../../../../engine/graphemes.ts";
import { missingClause } from "../../../subjects/sentences/unknown.ts";

/** What the reader likes and dislikes, as a reward for every token of a vocabulary. */
export interface Taste {
  /** Characters worth +1 each. */
  readonly liked: string;
  /** Characters worth −1 each; one that is in both lists is liked. */
  readonly disliked: string;
}

/** Longest list of characters. */
export const MAX_CHARACTERS = 12;

function charactersOf(list: string): Set<string> {
  return new Set(graphemes(list.replace(/\s/gu, "")));
}

/** +1, −1 or 0 for every token. */
export function rewardsOf(vocabulary: readonly string[], { liked, disliked }: Taste): Float64Array {
  const [good, bad] = [charactersOf(liked), charactersOf(disliked)];
  return Float64Array.from(vocabulary, (token) => (good.has(token) ? 1 : bad.has(token) ? -1 : 0));
}

/** What is wrong with a list of characters, as a sentence; `undefined` when it can be used. An empty list can. */
export function tasteProblem(list: string, known?: ReadonlySet<string>): string | undefined {
  const foreign = [...charactersOf(list)].filter((char) =>
    known ? !known.has(char) : !/^[\p{Script=Han}，。]$/u.test(char),
  );
  return foreign.length === 0 ? undefined : `${missingClause(foreign)}，不会被写出来。`;
}
