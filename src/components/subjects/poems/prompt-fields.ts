import { choice, text } from "../../kit/state/fields.ts";
import { FORMS, MAX_OPENING, MAX_TITLE } from "./poem.ts";

/** The prompt's part of a demo's settings, for `PoemPrompt.svelte`. */
export const promptFields = {
  form: choice({ initial: "七绝", label: "体裁", options: FORMS.map((value) => ({ value, label: value })) }),
  title: text({ initial: "", maxLength: MAX_TITLE, label: "标题（可以不写）", placeholder: "春晓" }),
  opening: text({ initial: "", maxLength: MAX_OPENING, label: "开头（可以不写）", placeholder: "山中" }),
};
