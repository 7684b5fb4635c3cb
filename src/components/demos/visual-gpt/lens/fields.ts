import { integer, text } from "../../../kit/state/fields.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { MAX_TOKENS } from "../own/encode.ts";
import { whose } from "../own/whose.ts";

/** Characters that can be read: a column for each. */
export const MAX_CHARACTERS = 24;

/** What the reader can set; tokens are counted from 1, 0 is the last. */
export const fields = {
  model: whose,
  text: text({ label: "一句话", initial: "他爱吃苹果。我也爱吃", maxLength: MAX_CHARACTERS, validate: writtenProblem }),
  token: integer({ initial: 0, min: 0, max: MAX_TOKENS }),
};

export const VIEWS = ["token"] as const;
