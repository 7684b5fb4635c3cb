import { choice, number, text } from "../../../kit/state/fields.ts";
import { MAX_TEXT } from "../fill-mask/fields.ts";

/** Of the demo that judges one sentence. */
export const judgeFields = {
  text: text({ initial: "大堂很气派，服务员也客气，可是房间又潮又臭，没法住。", maxLength: MAX_TEXT }),
  /** Hidden places, as `formatPlaces` writes them. */
  masks: text({ initial: "", maxLength: 4 * MAX_TEXT }),
};

/** Of the examination. */
export const examFields = {
  show: choice({ initial: "wrong", values: ["wrong", "neither", "all"] }),
  temperature: number({ initial: 1, min: 0.25, max: 10 }),
};
