import { integer, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";

const sentence = (label: string, initial: string) =>
  text({
    label,
    initial,
    maxLength: 16,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : textProblem(value)),
  });

/** What the reader can set. Layers and heads are counted from 1. */
export const fields = {
  text: sentence("一句话", "小明把苹果放在桌子上"),
  other: sentence("改几个字，一样长", "小明把苹果放在椅子上"),
  layer: integer({ label: "第几块", initial: 3, min: 1, max: 6 }),
  head: integer({ label: "第几个头", initial: 1, min: 1, max: 4 }),
};

export const VIEWS = ["layer", "head"] as const;
