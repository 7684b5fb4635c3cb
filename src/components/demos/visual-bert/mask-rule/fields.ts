import { SEED_MAX } from "../../../kit/controls/seed.ts";
import { choice, integer, type StateOf, text } from "../../../kit/state/fields.ts";
import { filled } from "../../../subjects/sentences/blank.ts";
import { PLAIN_SENTENCES } from "../../../subjects/sentences/plain-sentences.ts";
import { MAX_TEXT } from "../fill-mask/fields.ts";
import type { DrawSettings } from "./drawing.ts";

export const fields = {
  source: choice({ initial: "own", values: ["own", "sixty"] }),
  text: text({ initial: "夏天太热了，我们去海边游泳，晚上在沙滩上看星星。", maxLength: MAX_TEXT }),
  percent: integer({ initial: 15, min: 5, max: 80 }),
  seed: integer({ initial: 42, min: 0, max: SEED_MAX }),
};

/** What is drawn from, as the reader has set it. */
export function drawSettings({ source, text, percent, seed }: StateOf<typeof fields>): DrawSettings {
  const texts = source === "own" ? [text] : PLAIN_SENTENCES.map(filled);
  return { texts, share: percent / 100, seed };
}
