import { integer, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { MOST, whose } from "../own/whose.ts";

const sentence = (label: string, initial: string) =>
  text({
    label,
    initial,
    maxLength: 16,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : textProblem(value)),
  });

/** What the reader can set. Layers and heads are counted from 1. */
export const fields = {
  model: { ...whose, label: "GPT 用哪一个" },
  text: sentence("一句话", "小明把苹果放在桌子上"),
  other: sentence("改几个字，一样长", "小明把苹果放在椅子上"),
  layer: integer({ label: "第几块", initial: 3, min: 1, max: MOST.layers }),
  head: integer({ label: "第几个头", initial: 1, min: 1, max: MOST.heads }),
};

export const VIEWS = ["layer", "head"] as const;
