import { number, type StateOf, seed, text } from "../../../kit/state/fields.ts";
import { EXAMPLES, type ExampleName, readComparisons, writeComparisons } from "./answers.ts";

/** The choices that stand there until the reader makes some. */
export const FIRST: ExampleName = "consistent";

const choices = text({ initial: writeComparisons(EXAMPLES[FIRST].choices), maxLength: 200 });

/** What the reader can set. */
export const fields = {
  // Nonsense in a link is dropped.
  choices: {
    ...choices,
    decode: (written: string) => writeComparisons(readComparisons(choices.decode(written) ?? "")),
  },
  decay: number({
    initial: 0.02,
    min: 0,
    max: 0.5,
    step: 0.005,
    label: "权重衰减",
    hint: "越大，分数越被拉向 0；取 0 就没有这一项",
  }),
  seed: seed(1),
};

export type PairFields = StateOf<typeof fields>;

/** As many as a link can hold. */
export const MAX_CHOICES = 100;
