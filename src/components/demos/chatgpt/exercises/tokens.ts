/** A token of the exercises: what it is, whether it was given, and a probability that a model might give it. */
export interface ExerciseToken {
  readonly text: string;
  /** Belongs to the instruction, and so is not learnt. */
  readonly given: boolean;
  readonly probability: number;
}

/** The example of the exercises, as the tuned model reads it. The first token has nothing before it that could predict it. */
export const TOKENS: readonly ExerciseToken[] = [
  { text: "[问]", given: true, probability: 1 },
  { text: "雪", given: true, probability: 0.01 },
  { text: "什", given: true, probability: 0.02 },
  { text: "么", given: true, probability: 0.9 },
  { text: "颜", given: true, probability: 0.1 },
  { text: "色", given: true, probability: 0.9 },
  { text: "？", given: true, probability: 0.8 },
  { text: "[答]", given: true, probability: 0.9 },
  { text: "白", given: false, probability: 0.5 },
  { text: "色", given: false, probability: 0.25 },
  { text: "。", given: false, probability: 0.8 },
  { text: "[END]", given: false, probability: 0.1 },
];
