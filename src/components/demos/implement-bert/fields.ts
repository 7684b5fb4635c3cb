import { integer, type StateOf, text } from "../../kit/state/fields.ts";
import { MAX_CHARACTERS } from "./snapshot.ts";

/** What the reader sets, once for the whole page. */
export const fields = {
  first: text({ initial: "猫坐在[MASK]子上", maxLength: MAX_CHARACTERS }),
  second: text({ initial: "", maxLength: MAX_CHARACTERS }),
  /** Counted from 1, as people do. */
  layer: integer({ initial: 1, min: 1, max: 6 }),
  head: integer({ initial: 1, min: 1, max: 4 }),
  /** Place of the chosen token, counted from 0: [CLS] is 0. */
  token: integer({ initial: 4, min: 0, max: 127 }),
};

export type Settings = StateOf<typeof fields>;
