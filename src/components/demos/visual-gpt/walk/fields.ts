import { choice, integer, text } from "../../../kit/state/fields.ts";
import { counted } from "../../../kit/state/options.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { MAX_TOKENS } from "../own/encode.ts";
import { MOST, whose } from "../own/whose.ts";
import { IDS } from "./stations.ts";

/** Characters that can be read: what one can still look through. */
export const MAX_CHARACTERS = 40;

/** What the reader can set. Layers and heads are counted from 1; so are tokens, of which 0 is the last. */
export const fields = {
  model: whose,
  text: text({ label: "一句话", initial: "他爱吃苹果。我也爱吃", maxLength: MAX_CHARACTERS, validate: writtenProblem }),
  station: choice({ initial: "pattern", values: IDS }),
  layer: choice({ label: "层", initial: 6, options: counted(MOST.layers) }),
  head: choice({ label: "头", initial: 1, options: counted(MOST.heads) }),
  token: integer({ initial: 0, min: 0, max: MAX_TOKENS }),
};

/** Fields that only say what of a reading is looked at. */
export const VIEWS = ["station", "layer", "head", "token"] as const;
