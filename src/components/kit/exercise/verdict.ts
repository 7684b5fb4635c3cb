/** What a check says of an answer. */
export interface Verdict {
  /** `unusable`: it cannot even be checked, such as a temperature that is no number. */
  readonly kind: "right" | "wrong" | "unusable";
  /** Why, in sentences for the reader. */
  readonly reason: string;
}

export const right = (reason: string): Verdict => ({ kind: "right", reason });
export const wrong = (reason: string): Verdict => ({ kind: "wrong", reason });
export const unusable = (reason: string): Verdict => ({ kind: "unusable", reason });
