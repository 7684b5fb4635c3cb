import { integer, type StateOf, seed } from "../../../../kit/state/fields.ts";
import { fields as all } from "../../../../subjects/reviews/fields.ts";
import { promptsOf } from "../../../../subjects/reviews/labels/groups.ts";
import { parsePrompts } from "../../../../subjects/reviews/prompts.ts";

export const fields = {
  size: integer({ initial: 4, min: 2, max: 6, label: "一组几条", unit: "条" }),
  groups: integer({ initial: 6, min: 1, max: 16, label: "一次写几组", unit: "组" }),
  length: all.length,
  prompts: all.prompts,
  seed: seed(1),
};

/** What is written for groups to be ranked, review by review. */
export function candidatePrompts({
  prompts,
  groups,
  size,
}: Pick<StateOf<typeof fields>, "prompts" | "groups" | "size">) {
  return promptsOf(parsePrompts(prompts).prompts, groups, size);
}
