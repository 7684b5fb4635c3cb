import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS, type GenerationSettings } from "../../../../engine/decoding/settings.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { type Compared, compare } from "../../../subjects/poems/compare.ts";
import type { PoemPrompt } from "../../../subjects/poems/poem.ts";
import { encodePrompt } from "../../../subjects/poems/poem-tables.ts";
import { describeStages, type Facts, lastOf } from "../step/stages.ts";

/** Tokens of a place that are drawn: those with the most probability, and the text's own. */
const SHOWN = 12;

/** One place of a text, and what a filter leaves there of the model's distribution. */
export interface FilteredStep {
  /** From 0. */
  readonly place: number;
  /** The token that the text has there. */
  readonly token: number;
  readonly text: string;
  /** The most probable tokens and the text's own, before and after the filter; by its name each. */
  readonly best: readonly (Compared & { readonly name: string })[];
  /** Probability of the text's own token before and after the filter. */
  readonly before: number;
  readonly after: number;
  /** Tokens that the filter leaves. */
  readonly kept: number;
  /** Probability that they have together, before they are scaled up; 0–1. */
  readonly mass: number;
  /** Entropy before the filter, in bits. */
  readonly entropy: number;
  /** Whether the text's own token is among them: whether the text can still be written. */
  readonly writable: boolean;
}

/** @param facts of the model, and of one filter at most */
export function filteredStep(place: number, token: number, vocabulary: readonly string[], facts: Facts): FilteredStep {
  const [model, last] = [facts[0], lastOf(facts)];
  const [before, after] = [model.probabilities, last.probabilities];
  const nameOf = (id: number): string => vocabulary[id] ?? "";
  return {
    ...{ place, token, text: nameOf(token) },
    best: compare(before, after, SHOWN, [token]).map((one) => ({ ...one, name: nameOf(one.token) })),
    ...{ before: before[token] ?? 0, after: after[token] ?? 0 },
    ...{ kept: last.survivors, mass: 1 - last.lost, entropy: model.entropy },
    writable: (after[token] ?? 0) > 0,
  };
}

/**
 * Reads a prompt's opening token by token, so that a filter can be looked at in all its places at once.
 *
 * @throws EngineError as `encodePrompt`
 */
export async function readFiltered(
  { engine, model }: WorkContext,
  prompt: PoemPrompt,
  filter: Partial<GenerationSettings>,
): Promise<FilteredStep[]> {
  const ids = await encodePrompt(engine, prompt);
  // One token is one character.
  const start = ids.length - [...prompt.opening].length;
  const settings = { ...DEFAULT_SETTINGS, ...filter, doSample: true };
  const steps: FilteredStep[] = [];
  const tree = await engine.tree(model.id);
  try {
    let step = await tree.append(null, ids.slice(0, start));
    for (const [place, token] of ids.slice(start).entries()) {
      const facts = describeStages(filterLogits(step.logits, [], settings));
      steps.push(filteredStep(place, token, model.vocabulary, facts));
      if (start + place + 1 < ids.length) step = await tree.append(step.node, [token]);
    }
  } finally {
    await tree.dispose();
  }
  return steps;
}

/** Where the model is surest of what follows, and where it is least sure; `undefined` without any step. */
export function extremes(
  steps: readonly FilteredStep[],
): readonly [sharpest: FilteredStep, flattest: FilteredStep] | undefined {
  const sorted = steps.toSorted((a, b) => a.entropy - b.entropy);
  const [sharpest, flattest] = [sorted[0], sorted.at(-1)];
  return sharpest && flattest && [sharpest, flattest];
}

/** How much the filter leaves over the text, in a sentence. @param name of the filter with its value: `k = 10` */
export function tellSteps(name: string, steps: readonly FilteredStep[]): string {
  const counts = steps.map(({ kept }) => kept);
  const [least, most] = [counts.toSorted((a, b) => a - b)[0] ?? 0, counts.toSorted((a, b) => b - a)[0] ?? 0];
  const range = least === most ? `每一步都留 ${least} 个` : `最少的一步留 ${least} 个，最多的留 ${most} 个`;
  const lost = steps.filter(({ writable }) => !writable);
  const unwritable =
    lost.length === 0
      ? "这段诗的每个字都还写得出来"
      : `这段诗里有 ${lost.length} 个字写不出来了：${lost.map(({ text }) => text).join("")}`;
  return `${name}：${range}；${unwritable}。`;
}

export const stepColumns: readonly Column<FilteredStep>[] = [
  { head: "第几个", cell: ({ place }) => place + 1 },
  { head: "字", cell: ({ text }) => text },
  { head: "熵（比特）", cell: ({ entropy }) => entropy },
  { head: "留下几个", cell: ({ kept }) => kept },
  { head: "留下的概率", cell: ({ mass }) => mass },
  { head: "这个字的概率", cell: ({ before }) => before },
  { head: "筛选后", cell: ({ after }) => after },
];
