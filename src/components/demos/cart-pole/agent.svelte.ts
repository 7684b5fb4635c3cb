import { CART_POLE_DEFAULTS } from "../../../engine/experiments/cart-pole-settings.ts";
import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import { type StateOf, settingsFrom } from "../../kit/state/fields.ts";
import type { fields } from "./fields.ts";

let wanted: () => StateOf<typeof fields> = () => {
  throw new Error("The training demo was not set up.");
};

/** The page's one agent: the training demo trains it, and who plays against it asks it. */
export const agent = new ExperimentDemo(
  "cart-pole",
  () => ({ settings: settingsFrom(CART_POLE_DEFAULTS, wanted()), seed: wanted().seed }),
  { lifetime: "page" },
);

/** Says from where the agent's next training takes its settings. */
export function trainWith(read: typeof wanted): void {
  wanted = read;
}
