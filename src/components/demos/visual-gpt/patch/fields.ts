import { text } from "../../../kit/state/fields.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { whose } from "../own/whose.ts";

/** Characters of each sentence: as many places are patched in every layer. */
export const MAX_CHARACTERS = 24;

/** Tokens of each: as many readings as their square are computed for every depth. */
export const MAX_PLACES = 40;

const sentence = (label: string, initial: string) =>
  text({ label, initial, maxLength: MAX_CHARACTERS, validate: writtenProblem });

/** What the reader can set. */
export const fields = {
  model: whose,
  donor: sentence("从这一句取", "他爱吃苹果。我也爱吃"),
  into: sentence("换进这一句", "他爱吃面包。我也爱吃"),
};
