import type { Group } from "../labels/groups.ts";
import { needsSentiment, type Rule, rankBy } from "../labels/rules.ts";

/** Reviews in a group of an artificial labeller. */
export const GROUP_SIZE = 4;
/** Added to the seed by which an artificial labeller's reviews are written, so that it does not rank what the reader ranks. */
export const ARTIFICIAL_SEED = 500_000;

/**
 * Groups ranked by a rule, from best to worst; a group in which the rule finds no difference is left out.
 * @param sentimentsOf each text's probability of "good"; asked once, where the rule goes by it
 */
export async function rankingsBy(
  rule: Rule,
  groups: readonly Group[],
  sentimentsOf: (texts: readonly string[]) => Promise<readonly number[]>,
): Promise<string[][]> {
  const texts = [...new Set(groups.flatMap((group) => group.texts))];
  const values = needsSentiment(rule) ? await sentimentsOf(texts) : [];
  const sentiments = new Map(texts.map((text, i) => [text, values[i] ?? 0]));
  return groups.flatMap((group) => {
    const ranking = rankBy(
      rule,
      group,
      group.texts.map((text) => sentiments.get(text)!),
    );
    return ranking ? [ranking] : [];
  });
}
