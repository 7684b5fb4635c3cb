import type { Row } from "./row.ts";

/**
 * Demos that open without a figure of the build or of a record, as `data-demo` behind their page, and why. The list may only become shorter: a demo that
 * gets its first figure is taken from it, and a new demo never stands here without another reason.
 */
export const WITHOUT_FIGURE: ReadonlyMap<string, string> = new Map([
  ["/your-model/ your-model", "what it shows is the reader's own model"],
  ["/chatgpt-rlhf/ppo-cartpole/ppo/ clip", "a formula draws it in the page, script or not"],
  ["/chatgpt-rlhf/ppo-cartpole/value/ gae", "a formula draws it in the page, script or not"],
  ["/chatgpt-rlhf/ppo-cartpole/ play", "the reader plays it"],
]);

/** Whether a demo opens with its figure drawn. */
export const opensDrawn = ({ page, demo }: Pick<Row, "page" | "demo">): boolean =>
  !WITHOUT_FIGURE.has(`${page} ${demo}`);
