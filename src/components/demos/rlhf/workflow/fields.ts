import { choice, integer, number, type StateOf, seed, text } from "../../../kit/state/fields.ts";
import { fields as all } from "../../../subjects/reviews/fields.ts";

const MOST_ROUNDS = 60;

/** What can be set of the runs in the diagram: little, for 10.6 has all of it. They begin small, so that every box has something to show in a minute. */
export const fields = {
  part: text({ initial: "comparisons", maxLength: 20 }),
  /** The round of the loop that is looked at, counted from 1; 0 is the latest. */
  round: integer({ initial: 0, min: 0, max: MOST_ROUNDS }),
  labeller: choice({ initial: "good", values: ["good", "short", "reader"] }),
  groups: integer({ initial: 16, min: 2, max: 32, label: "写几组来排", unit: "组" }),
  iterations: number({ ...all.iterations, initial: 10, max: MOST_ROUNDS, scale: "linear" }),
  batch: number({ ...all.batch, initial: 8, max: 32 }),
  length: number({ ...all.length, initial: 20, max: 40 }),
  seed: seed(1),
};

/** Members that only say what is looked at. */
export const VIEWS = ["part", "round"] as const;

export type WorkflowFields = StateOf<typeof fields>;
