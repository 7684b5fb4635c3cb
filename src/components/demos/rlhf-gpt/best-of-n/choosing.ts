import type { BestOfNAnswer, BestOfNPoint, BestOfNSettings } from "../../../../engine/experiments/best-of-n.ts";
import type { WritingSettings } from "../../../../engine/experiments/rlhf-settings.ts";

/** What choosing has come to. */
export interface Chosen {
  readonly points: readonly BestOfNPoint[];
  /** The best review of each prompt. */
  readonly best: Extract<BestOfNAnswer, { readonly kind: "best" }>["reviews"];
}

/** The settings of the experiment: what is written is what the training would write. */
export function choosingSettings({ prompts, length, temperature }: WritingSettings, reviews: number): BestOfNSettings {
  return { prompts, length, temperature, reward: { kind: "sentiment" }, reviews };
}
