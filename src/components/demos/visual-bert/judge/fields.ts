import { choice, number, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { MAX_TEXT } from "../fill-mask/fields.ts";

/** Of the demo that judges one sentence. */
export const judgeFields = {
  text: text({
    initial: "大堂很气派，服务员也客气，可是房间又潮又臭，没法住。",
    maxLength: MAX_TEXT,
    label: "一句话",
    placeholder: "房间很干净，下次还来。",
  }),
  /** Hidden places, as `formatPlaces` writes them. */
  masks: text({ initial: "", maxLength: 4 * MAX_TEXT }),
};

/** Of the examination. */
export const examFields = {
  show: choice({
    initial: "wrong",
    label: "列出哪些",
    options: named({ wrong: "判错的", neither: "不好不坏的", all: "全部" }),
  }),
  temperature: number({
    initial: 1,
    min: 0.25,
    max: 10,
    step: 0.05,
    scale: "log",
    label: "温度 τ",
    hint: "1 就是模型原来的样子",
  }),
};
