import { integer, text } from "../../../kit/state/fields.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { MAX_TOKENS } from "../own/encode.ts";
import { whose } from "../own/whose.ts";

/** What the reader can set; tokens are counted from 1, behind a mark at the beginning. */
export const fields = {
  model: whose,
  text: text({ label: "一段话", initial: "小猫爱吃鱼，小狗爱吃骨头。", maxLength: 40, validate: writtenProblem }),
  token: integer({ initial: 5, min: 1, max: MAX_TOKENS }),
};

export const VIEWS = ["token"] as const;
