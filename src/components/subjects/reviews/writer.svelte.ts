import { RLHF_DEFAULTS, type RlhfSettings } from "../../../engine/experiments/rlhf-settings.ts";
import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import { JUDGE, WRITER } from "./models.ts";

/** What the demos with the sentiment reward need. */
export const MODELS = [WRITER, JUDGE];

/** Its own defaults until the writer's demo is awake: who came by a link to a demo further down may start that one first. */
let wanted: () => { readonly settings: RlhfSettings; readonly seed: number } = () => ({
  settings: RLHF_DEFAULTS,
  seed: 1,
});

/** The page's one review writer: its demo trains it, and who compares with it reads what it has measured. */
export const writer = new ExperimentDemo("rlhf", () => wanted(), { models: MODELS, lifetime: "page" });

/** Says from where the writer's next training takes its settings. */
export function trainWith(read: typeof wanted): void {
  wanted = read;
}

/** As the next training would be set, or the present one is. */
export function writerSettings(): RlhfSettings {
  return writer.settings ?? wanted().settings;
}
