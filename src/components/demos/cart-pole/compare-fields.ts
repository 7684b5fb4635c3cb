import { choice, number } from "../../kit/state/fields.ts";
import { nameOf, SUBJECT_NAMES, SUBJECTS, type Subject, valuesOf } from "./comparison.ts";
import { fields } from "./fields.ts";

const INITIAL: Subject = "clipRange";
const [initialA, initialB] = valuesOf(INITIAL);

export const compareFields = {
  subject: choice<Subject>({
    initial: INITIAL,
    label: "改什么（别的都是默认值）",
    options: SUBJECT_NAMES.map((value) => ({ value, label: SUBJECTS[value].label.split("（")[0] ?? "" })),
  }),
  a: number({ initial: initialA, min: 0, max: 2048 }),
  b: number({ initial: initialB, min: 0, max: 2048 }),
  steps: number({ ...fields.steps, initial: 60_000 }),
  seed: fields.seed,
};

/** What the two runs are called before anything is set. */
export const INITIAL_NAMES = [nameOf("甲", INITIAL, initialA), nameOf("乙", INITIAL, initialB)] as const;
