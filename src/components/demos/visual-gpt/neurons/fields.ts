import { integer, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { MOST, whose } from "../own/whose.ts";

/** What the reader can set. `neuron` is one of those that are listed, counted from 1; a layer's own number may be any. */
export const fields = {
  model: whose,
  own: text({
    label: "再加一段你的话",
    initial: "我打开门，外面正在下雪。",
    maxLength: 60,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : textProblem(value)),
  }),
  layer: integer({ label: "第几块", initial: 3, min: 1, max: MOST.layers }),
  neuron: integer({ initial: 1, min: 1, max: 12 }),
};

export const VIEWS = ["layer", "neuron"] as const;
