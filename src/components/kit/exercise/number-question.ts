import { numberOf } from "../text/number-of.ts";
import { right, unusable, type Verdict, wrong } from "./verdict.ts";

/** An exercise whose answer is one number; `NumberExercise` asks it. */
export interface NumberQuestion {
  /** What the number is. */
  readonly label: string;
  /** An answer that can be checked: it stands in the empty field, and is named where something else was written. */
  readonly example: number;
  /** `share`: a probability, written as 0.5 or 50%; `percent`: one in percent, its sign may be left out; `whole`: a whole number. */
  readonly kind?: "share" | "percent" | "whole";
  /** @param value a number of its kind; in percent where that is asked for */
  readonly check: (value: number) => Verdict;
}

/** The verdict on what was typed. */
export function verdictOn({ example, kind, check }: NumberQuestion, text: string): Verdict {
  const value = numberOf(text);
  switch (kind) {
    case "share":
      if (value === undefined) return unusable(`请写一个概率，比如 ${example} 或 ${100 * example}%。`);
      return value >= 0 && value <= 1 ? check(value) : unusable("概率在 0 和 1 之间。");
    case "percent": {
      if (value === undefined) return unusable(`请写一个百分数，比如 ${example}。`);
      const percent = /[%％]\s*$/.test(text) ? 100 * value : value;
      return percent >= 0 && percent <= 100 ? check(percent) : unusable("概率在 0 和 100% 之间。");
    }
    case "whole":
      return Number.isInteger(value) ? check(value!) : unusable(`请写一个整数，比如 ${example}。`);
    default:
      return value === undefined ? unusable(`请写一个数，比如 ${example}。`) : check(value);
  }
}

/** A question with one answer, and mistakes that one makes. */
export interface Table {
  readonly answer: number;
  /** How far from it, or from what a mistake comes to, is still the same. */
  readonly tolerance?: number;
  /** Why the answer is right. */
  readonly right: string;
  /** What a mistake comes to, and what is said of it. The first that fits is meant. */
  readonly mistakes: readonly (readonly [value: number, reason: string])[];
  /** What is said of any other number. */
  readonly otherwise: string | ((value: number) => string);
}

/** A `check` by a table. */
export function checkBy({ answer, tolerance = 0, right: reason, mistakes, otherwise }: Table): NumberQuestion["check"] {
  return (value) => {
    const is = (other: number): boolean => Math.abs(value - other) <= tolerance;
    if (is(answer)) return right(reason);
    const mistake = mistakes.find(([other]) => is(other));
    return wrong(mistake?.[1] ?? (typeof otherwise === "string" ? otherwise : otherwise(value)));
  };
}
