import { mean } from "../../../../engine/statistics.ts";
import { type Answer, meanLogProb } from "../writing.ts";
import type { Probe } from "./topics.ts";

/** A prompt, and what the model wrote to it. */
export interface Result {
  readonly text: string;
  /** `undefined` for the reader's own prompt, whose answers no rule can judge. */
  readonly probe: Probe | undefined;
  readonly answers: readonly Answer[];
}

/** The results with those of one more prompt; asked again, a prompt keeps its place. */
export function withResult(results: readonly Result[], result: Result): Result[] {
  const at = results.findIndex(({ text }) => text === result.text);
  return at < 0 ? [...results, result] : results.with(at, result);
}

/** How many answers keep the rule of their prompt; `null` where there is none. */
export function goodOf({ probe, answers }: Result): number | null {
  return probe ? answers.filter(({ text }) => probe.good.test(text)).length : null;
}

/** Mean natural log-probability of the tokens, over all answers to a prompt; `null` before there is any. */
export function confidenceOf({ answers }: Pick<Result, "answers">): number | null {
  return meanLogProb({ tokens: answers.flatMap(({ tokens }) => tokens) });
}

/** What came of one group of prompts. */
export interface GroupLine {
  readonly group: string;
  readonly prompts: number;
  readonly answers: number;
  readonly good: number;
  /** Mean over the prompts of the mean natural log-probability of a token. */
  readonly confidence: number | null;
}

/** The groups of which something was asked, in their order. */
export function groupLines(results: readonly Result[], groups: readonly string[]): GroupLine[] {
  return groups.flatMap((group) => {
    const own = results.filter(({ probe }) => probe?.group === group);
    if (own.length === 0) return [];
    const confidences = own.map(confidenceOf).filter((value) => value !== null);
    return [
      {
        group,
        prompts: own.length,
        answers: own.reduce((sum, { answers }) => sum + answers.length, 0),
        good: own.reduce((sum, result) => sum + (goodOf(result) ?? 0), 0),
        confidence: confidences.length > 0 ? mean(confidences) : null,
      },
    ];
  });
}
