/** One answer: what is written into the fields from the first on, or the buttons that are pressed for it; then what is said of it. */
export type Try = readonly [answer: readonly string[], verdict: "right" | "wrong" | "unusable", says?: string];

export interface ExerciseRow {
  readonly page: string;
  readonly exercise: string;
  /** Whether the answer is a choice of buttons. */
  readonly picks?: true;
  readonly tries: readonly Try[];
}
