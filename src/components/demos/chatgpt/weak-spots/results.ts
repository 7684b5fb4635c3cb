import type { Snippet } from "svelte";
import { mean, minOf } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { Dot, DotRow } from "../../../figures/dot-rows.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { shareEstimate } from "../../../kit/text/statistics.ts";
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

/**
 * How many of the answers of each group keep its rule, with the interval that so many prompts give: answers to the same one often are the same, so
 * that more of them tell little more.
 */
export function shareRows(results: readonly Result[], groups: readonly string[]): DotRow[] {
  return byGroup(results, groups, (own) => {
    const share = mean(own.map((result) => (goodOf(result) ?? 0) / result.answers.length));
    const estimate = shareEstimate(share * own.length, own.length);
    const answers = own.reduce((sum, result) => sum + result.answers.length, 0);
    const good = own.reduce((sum, result) => sum + (goodOf(result) ?? 0), 0);
    const note = `${own.length} 题 ${answers} 个回答里 ${good} 个`;
    return estimate ? [{ ...estimate, name: "占", look: "full", note }] : [];
  });
}

/** How sure the model was of its answers to each prompt: a dot each, filled as far as they keep the rule. */
export function confidenceRows(results: readonly Result[], groups: readonly string[]): DotRow[] {
  return byGroup(results, groups, (own) =>
    own.flatMap((result): Dot[] => {
      const { text, confidence, answers } = result;
      if (confidence === null) return [];
      const good = goodOf(result) ?? 0;
      const look = good === answers.length ? "full" : good > 0 ? "grey" : "hollow";
      return [{ name: text, value: confidence, look, note: `${good} / ${answers.length}` }];
    }),
  );
}

/** Marks of an axis of mean log-probabilities, from a whole number below all of them to 0. */
export function confidenceTicks(rows: readonly DotRow[]): (readonly [number, string])[] {
  const least = Math.min(-1, Math.floor(minOf(rows.flatMap(({ dots }) => dots.map(({ value }) => value)))));
  return [least, least / 2, 0].map((at) => [at, formatNumber(at)]);
}

/** The groups of which something was asked, in their order. */
function byGroup(
  results: readonly Result[],
  groups: readonly string[],
  dots: (own: readonly Result[]) => Dot[],
): DotRow[] {
  return groups.flatMap((group) => {
    const own = results.filter(({ probe }) => probe?.group === group);
    return own.length === 0 ? [] : [{ id: group, title: group, dots: dots(own) }];
  });
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
    {
      head: "每词元 ln p",
      cell: ({ confidence }) => confidence,
      print: (value) => formatNumber(value, 2),
      number: true,
    },
  ];
}
