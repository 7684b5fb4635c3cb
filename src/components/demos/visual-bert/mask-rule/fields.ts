import { choice, integer, type StateOf, seed, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { filled } from "../../../subjects/sentences/blank.ts";
import { PLAIN_SENTENCES } from "../../../subjects/sentences/plain-sentences.ts";
import { MAX_TEXT } from "../fill-mask/fields.ts";
import type { DrawSettings } from "./drawing.ts";

export const fields = {
  source: choice({ initial: "own", label: "抽哪些句子", options: named({ own: "我的一句", sixty: "六十句轮流" }) }),
  text: text({ initial: "夏天太热了，我们去海边游泳，晚上在沙滩上看星星。", maxLength: MAX_TEXT, label: "一句话" }),
  percent: integer({ initial: 15, min: 5, max: 80, step: 5, label: "选中几成", unit: "%" }),
  seed: seed(42),
};

/** What is drawn from, as the reader has set it. */
export function drawSettings({ source, text, percent, seed }: StateOf<typeof fields>): DrawSettings {
  const texts = source === "own" ? [text] : PLAIN_SENTENCES.map(filled);
  return { texts, share: percent / 100, seed };
}
