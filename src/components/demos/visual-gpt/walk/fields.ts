import { choice, integer, text } from "../../../kit/state/fields.ts";
import { textProblem } from "../../../kit/text/format-marks.ts";
import { IDS } from "./stations.ts";

/** Characters that can be read: what one can still look through. */
export const MAX_CHARACTERS = 40;

const numbered = (label: string, count: number, initial: number) =>
  choice({
    label,
    initial,
    options: Array.from({ length: count }, (_, i) => ({ value: i + 1, label: String(i + 1) })),
  });

/** What the reader can set. Layers and heads are counted from 1; so are tokens, of which 0 is the last. */
export const fields = {
  text: text({
    label: "一句话",
    initial: "他爱吃苹果。我也爱吃",
    maxLength: MAX_CHARACTERS,
    validate: (value) => (value.trim() === "" ? "先写几个字。" : textProblem(value)),
  }),
  station: choice({ initial: "pattern", values: IDS }),
  layer: numbered("层", 6, 6),
  head: numbered("头", 4, 1),
  token: integer({ initial: 0, min: 0, max: MAX_CHARACTERS + 1 }),
};

/** Fields that only say what of a reading is looked at. */
export const VIEWS = ["station", "layer", "head", "token"] as const;
