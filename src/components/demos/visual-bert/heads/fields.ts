import { choice, integer, text } from "../../../kit/state/fields.ts";

/** Characters of one sentence: two of them and the special tokens fit into the model's context of 128. */
export const MAX_LENGTH = 60;

/** What the reader can set. Layers and heads are counted from 1. */
export const fields = {
  first: text({ initial: "猫坐在窗边，看着外面的雪。", maxLength: MAX_LENGTH }),
  second: text({ initial: "雪停了，猫就睡着了。", maxLength: MAX_LENGTH }),
  layer: integer({ initial: 2, min: 1, max: 6 }),
  head: integer({ initial: 2, min: 1, max: 4 }),
  view: choice<"arcs" | "matrix">({ initial: "arcs", values: ["arcs", "matrix"] }),
};
