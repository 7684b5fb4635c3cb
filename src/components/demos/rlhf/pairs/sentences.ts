import type { Pair } from "../../../../engine/rl/bradley-terry.ts";
import { hasFiniteFit, preference } from "../../../../engine/rl/pair-scores.ts";
import { correlation, maxOf, minOf } from "../../../../engine/statistics.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { ANSWERS, LENGTHS } from "./answers.ts";

/** What of a fit is spoken of. */
export interface Fit {
  readonly scores: readonly number[];
  readonly steps: number;
  readonly accuracy: number | null;
  readonly bound: number | null;
}

/** What the choices and the scores fitted to them amount to, in some sentences. */
export function judge({ scores, steps, accuracy, bound }: Fit, comparisons: readonly Pair[], decay: number): string {
  if (comparisons.length === 0) return "还没有比较。点上面两个回答里好的一个。";
  if (steps === 0 || accuracy === null || bound === null) return `有 ${comparisons.length} 次比较，可以训练了。`;
  const parts = [`练了 ${steps} 步，成对准确率 ${formatPercent(accuracy)}。`];
  if (bound < 1) {
    parts.push(`这些选择互相矛盾，任何一种排序最多对 ${formatPercent(bound)}。`);
  } else if (decay === 0 && !hasFiniteFit(comparisons)) {
    parts.push("没有矛盾，也没有权重衰减：分数会一直分开下去，没有尽头。");
  }
  return [...parts, ...widestPair(scores), ...lengthBias(scores, comparisons)].join("");
}

function widestPair(scores: readonly number[]): string[] {
  const [top, bottom] = [maxOf(scores), minOf(scores)];
  if (top - bottom < 0.05) return ["分数几乎一样：它分不出好坏。"];
  const name = (score: number): string => ANSWERS[scores.indexOf(score)]!.name;
  return [`它认为${name(top)}胜${name(bottom)}的概率是 ${formatPercent(preference(top, bottom))}。`];
}

/** Only once every answer has been compared: a score that nobody touched says nothing about length. */
function lengthBias(scores: readonly number[], comparisons: readonly Pair[]): string[] {
  const compared = new Set(comparisons.flatMap(({ better, worse }) => [better, worse]));
  const r = compared.size === ANSWERS.length ? correlation(scores, LENGTHS) : null;
  return r === null ? [] : [`分数和字数的相关系数是 ${formatNumber(r, 2)}。`];
}
