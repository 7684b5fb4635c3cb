import { choice, text } from "../../kit/state/hash-state.ts";
import { FORMS, MAX_OPENING, MAX_TITLE } from "./poem.ts";

/** The prompt's part of a demo's settings in the URL, for `PoemPrompt.svelte`. */
export const promptFields = {
  form: choice({ initial: "七绝", values: FORMS }),
  title: text({ initial: "", maxLength: MAX_TITLE }),
  opening: text({ initial: "", maxLength: MAX_OPENING }),
};
