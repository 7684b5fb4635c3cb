import { integer, type StateOf, seed, text } from "../../../kit/state/fields.ts";
import { promptFields } from "../../../subjects/poems/prompt-fields.ts";
import { MAX_CHARACTERS } from "../leash/taste.ts";
import { BETAS, type Plan } from "./write.ts";

export const fields = {
  ...promptFields,
  form: { ...promptFields.form, initial: "五绝" as const },
  liked: text({ initial: "月花", maxLength: MAX_CHARACTERS, label: "喜欢的字：出现一次得 1 分" }),
  poems: integer({ initial: 12, min: 2, max: 40, label: "每一格写", unit: "首" }),
  shown: integer({ initial: 0, min: 0, max: BETAS.length - 1 }),
  seed: seed(1),
};

/** What the reader wants to be written. */
export function planOf({ form, title, opening, liked, poems, seed }: StateOf<typeof fields>): Plan {
  return { prompt: { form, title, opening }, liked, poems, seed };
}
