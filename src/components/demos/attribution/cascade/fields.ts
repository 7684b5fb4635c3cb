import { choice, seed, text } from "../../../kit/state/fields.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { METHODS, methodName } from "../../../subjects/attribution/methods.ts";

/** Characters: the sentence is explained ten times. */
export const MAX_TEXT = 10;

export const fields = {
  text: text({
    label: "一句话",
    initial: "味道好太贵",
    maxLength: MAX_TEXT,
    placeholder: "房间太吵",
    validate: writtenProblem,
  }),
  method: choice({
    label: "看哪种方法的图",
    initial: "integrated",
    options: METHODS.map((value) => ({ value, label: methodName(value) })),
  }),
  seed: seed(1),
};

export const VIEWS = ["method"] as const;
