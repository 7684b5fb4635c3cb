import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { GENERATION_RANGES } from "../engine/decoding/settings.ts";
import { ATTRIBUTION_RANGES } from "../engine/experiments/attribution-settings.ts";
import { BEST_OF_N_RANGES } from "../engine/experiments/best-of-n.ts";
import { CART_POLE_RANGES } from "../engine/experiments/cart-pole-settings.ts";
import { FINE_TUNE_RANGES } from "../engine/experiments/fine-tune-settings.ts";
import { NORM_PLACE_RANGES } from "../engine/experiments/norm-place.ts";
import { PPO_RANGES } from "../engine/experiments/ppo-ranges.ts";
import { PROBE_RANGES } from "../engine/experiments/probe.ts";
import { PROJECTION_RANGES } from "../engine/experiments/projection.ts";
import { REWARD_MODEL_RANGES } from "../engine/experiments/reward-model.ts";
import { RLHF_RANGES } from "../engine/experiments/rlhf-settings.ts";
import { TRANSLATOR_RANGES } from "../engine/experiments/translator-settings.ts";
import type { Range } from "../engine/ranges.ts";
import type { SliderField } from "./kit/state/fields.ts";

const { temperature, topP, topK, maxNewTokens } = GENERATION_RANGES;
const WRITING = { temperature, topP, tokens: maxNewTokens };

/** What the engine holds the fields of each file to, by their keys; nothing where it has no setting of these names. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, Range>>>> = {
  "demos/attribution/cascade/fields.ts": {},
  "demos/attribution/six/fields.ts": ATTRIBUTION_RANGES,
  "demos/cart-pole/clip/fields.ts": PPO_RANGES,
  "demos/cart-pole/compare-fields.ts": CART_POLE_RANGES,
  "demos/cart-pole/fields.ts": CART_POLE_RANGES,
  "demos/cart-pole/gae/fields.ts": PPO_RANGES,
  "demos/chatgpt/fields.ts": WRITING,
  "demos/decoding/beam/fields.ts": GENERATION_RANGES,
  "demos/decoding/compare/fields.ts": GENERATION_RANGES,
  "demos/decoding/step/fields.ts": GENERATION_RANGES,
  "demos/decoding/steps/fields.ts": GENERATION_RANGES,
  "demos/decoding/sweep/fields.ts": {
    ...{ temperatureFrom: temperature, temperatureTo: temperature },
    ...{ topPFrom: topP, topPTo: topP, topKFrom: topK, topKTo: topK },
  },
  "demos/encoder-decoder/fields.ts": TRANSLATOR_RANGES,
  "demos/explainable-ai/who/fields.ts": ATTRIBUTION_RANGES,
  "demos/implement-bert/fields.ts": {},
  "demos/rlhf-gpt/best-of-n/fields.ts": BEST_OF_N_RANGES,
  "demos/rlhf-gpt/own-labels/own-reward-run/fields.ts": RLHF_RANGES,
  "demos/rlhf-gpt/own-labels/ranking/fields.ts": RLHF_RANGES,
  "demos/rlhf-gpt/own-labels/star-rounds/fields.ts": RLHF_RANGES,
  "demos/rlhf-gpt/reward-hacking/fields.ts": RLHF_RANGES,
  "demos/rlhf/goodhart/fields.ts": {},
  "demos/rlhf/pairs/fields.ts": {},
  "demos/rlhf/workflow/fields.ts": RLHF_RANGES,
  "demos/tools/parity/fields.ts": {},
  "demos/visual-bert/features/fields.ts": { ...PROBE_RANGES, ...PROJECTION_RANGES },
  "demos/visual-bert/fill-mask/fields.ts": {},
  "demos/visual-bert/fine-tune/fields.ts": FINE_TUNE_RANGES,
  "demos/visual-bert/heads/fields.ts": {},
  "demos/visual-bert/judge/fields.ts": {},
  "demos/visual-bert/left-or-both/fields.ts": {},
  "demos/visual-bert/mask-rule/fields.ts": {},
  "demos/visual-gpt/features/fields.ts": PROJECTION_RANGES,
  "demos/visual-gpt/film/fields.ts": { temperature },
  "demos/visual-gpt/lens/fields.ts": {},
  "demos/visual-gpt/neurons/fields.ts": {},
  "demos/visual-gpt/norms/fields.ts": NORM_PLACE_RANGES,
  "demos/visual-gpt/patch/fields.ts": {},
  "demos/visual-gpt/perplexity/fields.ts": {},
  "demos/visual-gpt/position/fields.ts": {},
  "demos/visual-gpt/two-sides/fields.ts": {},
  "demos/visual-gpt/walk/fields.ts": {},
  "demos/your-model/fields.ts": WRITING,
  "subjects/poems/prompt-fields.ts": {},
  "subjects/reviews/fields.ts": RLHF_RANGES,
  "subjects/reviews/reward/fields.ts": { ...RLHF_RANGES, ...REWARD_MODEL_RANGES },
};

const root = fileURLToPath(new URL(".", import.meta.url));
const files = globSync("{demos,subjects}/**/*fields.ts", { cwd: root }).sort();

it("every file of fields says what the engine holds it to", () => {
  expect(files).toEqual(Object.keys(LIMITS).sort());
});

it.each(Object.entries(LIMITS))("%s: the engine takes whatever can be set", async (file, ranges) => {
  const exported: Record<string, object> = await import(/* @vite-ignore */ `./${file}`);
  const fields: Readonly<Record<string, SliderField>> = Object.assign({}, ...Object.values(exported));
  const held = Object.entries(ranges).filter(([key]) => key in fields);
  expect(held.length > 0).toBe(Object.keys(ranges).length > 0);
  for (const [key, range] of held) {
    const { min, max, initial, decode } = fields[key]!;
    expect(min, key).toBeGreaterThanOrEqual(range.min);
    expect(max, key).toBeLessThanOrEqual(range.max);
    // A link is held to the same.
    expect([decode("-1e99"), decode("1e99"), decode(String(initial))], key).toEqual([min, max, initial]);
    if (range.whole) expect(decode(String(min + 0.4)), key).toBe(min);
  }
});
