import { text } from "../../../kit/state/fields.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";

/** Characters of each sentence: as many places are patched in every layer. */
export const MAX_CHARACTERS = 24;

const sentence = (label: string, initial: string) =>
  text({ label, initial, maxLength: MAX_CHARACTERS, validate: writtenProblem });

/** What the reader can set. */
export const fields = {
  donor: sentence("从这一句取", "他爱吃苹果。我也爱吃"),
  into: sentence("换进这一句", "他爱吃面包。我也爱吃"),
};
