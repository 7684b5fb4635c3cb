import { choice, integer, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";

/** Characters of one sentence: two of them and the special tokens fit into the model's context of 128. */
export const MAX_LENGTH = 60;

/** What the reader can set. Layers and heads are counted from 1. */
export const fields = {
  first: text({
    initial: "猫坐在窗边，看着外面的雪。",
    maxLength: MAX_LENGTH,
    label: "第一句",
    validate: (value) => (value.trim() === "" ? "先写一句话。" : undefined),
  }),
  second: text({ initial: "雪停了，猫就睡着了。", maxLength: MAX_LENGTH, label: "第二句（可以空着）" }),
  layer: integer({ initial: 2, min: 1, max: 6, label: "层" }),
  head: integer({ initial: 2, min: 1, max: 4, label: "头" }),
  view: choice({ initial: "arcs", label: "画成", options: named({ arcs: "弧线", matrix: "矩阵" }) }),
};
