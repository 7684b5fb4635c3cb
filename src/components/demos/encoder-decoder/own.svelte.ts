import { TRANSLATOR_DEFAULTS } from "../../../engine/experiments/translator-settings.ts";
import { ExperimentDemo } from "../../kit/run/experiment-demo.svelte.ts";
import { type StateOf, settingsFrom } from "../../kit/state/fields.ts";
import { ARCHITECTURES, type Architecture, type fields } from "./fields.ts";
import { quickSettings } from "./inside/look.ts";

let wanted: () => StateOf<typeof fields> = () => {
  throw new Error("The demo of the three translators was not set up.");
};

/** The page's three translators, in order: one demo trains them, the others look into them. */
export const translators = ARCHITECTURES.map(
  (architecture) =>
    new ExperimentDemo(
      "translator",
      () => ({ settings: { ...settingsFrom(TRANSLATOR_DEFAULTS, wanted()), architecture }, seed: wanted().seed }),
      { lifetime: "page" },
    ),
);

/** Says from where the next trainings take their settings. */
export function trainWith(read: typeof wanted): void {
  wanted = read;
}

export type Translator = ExperimentDemo<"translator">;

/** Small ones, by architecture and steps: who looks into a translator without having trained one gets such a one, trained on the spot. */
const small = new Map<string, Translator>();

/** The translator of an architecture that the reader has trained, if it has learnt anything. */
export function trainedOf(architecture: Architecture): Translator | undefined {
  const own = translators[ARCHITECTURES.indexOf(architecture)];
  return own?.answers && own.records.length > 0 ? own : undefined;
}

/** Whether one can be looked into at once. */
export function isReady(architecture: Architecture, steps: number): boolean {
  return trainedOf(architecture) !== undefined || smallOf(architecture, steps).state === "finished";
}

/** The small translator of an architecture; it has to be started. */
export function smallOf(architecture: Architecture, steps: number): Translator {
  const key = `${architecture} ${steps}`;
  const known = small.get(key);
  if (known) return known;
  const made = new ExperimentDemo("translator", () => quickSettings(architecture, steps), { lifetime: "page" });
  small.set(key, made);
  return made;
}
