import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import type { StateOf } from "../../kit/state/hash-state.ts";
import { type fields, settingsOf } from "./fields.ts";

let wanted: () => StateOf<typeof fields> = () => {
  throw new Error("The training demo was not set up.");
};

/** The page's one agent: the training demo trains it, and who plays against it asks it. */
export const agent = new ExperimentDemo("cart-pole", () => {
  const value = wanted();
  return { settings: settingsOf(value), seed: value.seed };
});

/** Says from where the agent's next training takes its settings. */
export function trainWith(read: typeof wanted): void {
  wanted = read;
}
