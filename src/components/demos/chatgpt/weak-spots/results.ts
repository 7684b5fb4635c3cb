import type { Snippet } from "svelte";
import { mean } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { type Answer, meanLogProb } from "../writing.ts";
import type { Probe } from "./topics.ts";

/** A prompt, and what the model wrote to it. */
export interface Asked {
  readonly text: string;
  readonly answers: readonly Pick<Answer, "text">[];
  /** Mean natural log-probability of the tokens, over all answers; `null` where there is none. */
  readonly confidence: number | null;
}

/** The same with the rule by which its answers are judged. */
export interface Result extends Asked {
  /** `undefined` for the reader's own prompt, whose answers no rule can judge. */
  readonly probe: Probe | undefined;
}

/** The results with those of one more prompt; asked again, a prompt keeps its place. */
export function withResult<R extends Asked>(results: readonly R[], result: R): R[] {
  const at = results.findIndex(({ text }) => text === result.text);
  return at < 0 ? [...results, result] : results.with(at, result);
}

/** How many answers keep the rule of their prompt; `null` where there is none. */
export function goodOf({ probe, answers }: Result): number | null {
  return probe ? answers.filter(({ text }) => probe.good.test(text)).length : null;
}

/** A prompt with the answers to it. */
export function askedOf(text: string, answers: readonly Answer[]): Asked {
  const confidence = meanLogProb({ tokens: answers.flatMap(({ tokens }) => tokens) });
  return { text, answers: answers.map(({ text }) => ({ text })), confidence };
}

function groupOf({ probe }: Pick<Result, "probe">): string {
  return probe?.group ?? "你的";
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
    const confidences = own.map(({ confidence }) => confidence).filter((value) => value !== null);
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

const CONFIDENCE = {
  head: "每词元 ln p",
  cell: ({ confidence }: GroupLine) => confidence,
  print: (value: number) => formatNumber(value, 2),
  number: true,
};

/** What came of each kind of prompt, as a table. @param good what an answer has to do */
export function groupColumns(good: string): readonly Column<GroupLine>[] {
  return [
    { head: "种类", cell: ({ group }) => group },
    { head: "题", cell: ({ prompts }) => prompts },
    { head: good, cell: ({ good, answers }) => `${good} / ${answers}`, number: true },
    CONFIDENCE,
  ];
}

/** Prompt by prompt. @param list draws the answers of a prompt */
export function resultColumns(good: string, list: Snippet<[Result]>): readonly Column<Result>[] {
  return [
    { head: "问题", cell: ({ text }) => text, small: groupOf },
    { head: "种类", cell: groupOf, only: "csv" },
    { head: "它的回答", cell: ({ answers }) => answers.map(({ text }) => text).join(" / "), draw: list, wide: true },
    {
      head: good,
      cell: (result) => (result.probe ? `${goodOf(result)} / ${result.answers.length}` : null),
      number: true,
      only: "screen",
    },
    { head: "合规矩的", cell: goodOf, only: "csv" },
    { head: "回答数", cell: ({ answers }) => answers.length, only: "csv" },
    { ...CONFIDENCE, cell: ({ confidence }) => confidence },
  ];
}
