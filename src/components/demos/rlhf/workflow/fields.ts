import { SEED_MAX } from "../../../kit/controls/seed.ts";
import type { SliderControl } from "../../../kit/frame/types.ts";
import { choice, integer, type StateOf, text } from "../../../kit/state/hash-state.ts";

/** What can be set of the runs in the diagram: little, for 10.6 has all of it. */
export const CONTROLS = {
  groups: { label: "写几组来排", min: 2, max: 32, step: 1, unit: "组" },
  iterations: { label: "轮数", min: 1, max: 60, step: 1, unit: "轮" },
  batch: { label: "每轮写", min: 1, max: 32, step: 1, unit: "条" },
  length: { label: "一条最长", min: 1, max: 40, step: 1, unit: "词元" },
} as const satisfies Readonly<Record<string, SliderControl>>;

const whole = ({ min, max }: SliderControl, initial: number) => integer({ initial, min, max });

/** They begin small, so that every box has something to show in a minute. */
export const fields = {
  part: text({ initial: "base", maxLength: 20 }),
  labeller: choice({ initial: "good", values: ["good", "short", "reader"] }),
  groups: whole(CONTROLS.groups, 8),
  iterations: whole(CONTROLS.iterations, 10),
  batch: whole(CONTROLS.batch, 8),
  length: whole(CONTROLS.length, 20),
  seed: integer({ initial: 1, min: 0, max: SEED_MAX }),
};

export type WorkflowFields = StateOf<typeof fields>;
