import { choice, integer, type StateOf, text } from "../../kit/state/fields.ts";
import { counted } from "../../kit/state/options.ts";
import { MAX_CHARACTERS } from "./snapshot.ts";

/** What the reader sets, once for the whole page. */
export const fields = {
  first: text({
    initial: "猫坐在[MASK]子上",
    maxLength: MAX_CHARACTERS,
    label: "第一句",
    placeholder: "猫坐在[MASK]子上",
    validate: (value) => (value.trim() === "" ? "先写几个字。" : undefined),
  }),
  second: text({ initial: "", maxLength: MAX_CHARACTERS, label: "第二句（可以不写）", placeholder: "它睡着了" }),
  layer: choice({ initial: 1, label: "看第几块", options: counted(6) }),
  head: choice({ initial: 1, label: "看第几头", options: counted(4) }),
  /** Place of the chosen token, counted from 0: [CLS] is 0. */
  token: integer({ initial: 4, min: 0, max: 127 }),
};

/** What the first sentence is compared with before the reader has changed it: one character is another. */
export const COMPARED = "狗坐在[MASK]子上";

export type Settings = StateOf<typeof fields>;
