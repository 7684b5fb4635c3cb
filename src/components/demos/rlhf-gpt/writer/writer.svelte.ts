import type { RlhfSettings } from "../../../../engine/experiments/rlhf-settings.ts";
import { Downloads } from "../shared/downloads.svelte.ts";
import { ModelExperiment } from "../shared/model-experiment.svelte.ts";
import { JUDGE, WRITER } from "../shared/models.ts";

/** What the demos with the sentiment reward need. */
export const models = new Downloads("写评论的 GPT 和分辨好评差评的 BERT", [WRITER, JUDGE]);

let wanted: () => { readonly settings: RlhfSettings; readonly seed: number } = () => {
  throw new Error("The review writer's demo was not set up.");
};

/** The page's one review writer: its demo trains it, and who compares with it reads what it has measured. */
export const writer = new ModelExperiment("rlhf", models, () => wanted());

/** Says from where the writer's next training takes its settings. */
export function trainWith(read: typeof wanted): void {
  wanted = read;
}

/** As the next training would be set, or the present one is. */
export function writerSettings(): RlhfSettings {
  return writer.settings ?? wanted().settings;
}
