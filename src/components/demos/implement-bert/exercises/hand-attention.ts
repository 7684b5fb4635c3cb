import type { Random } from "../../../../engine/random.ts";
import { indexOfLargest, mean } from "../../../../engine/statistics.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { attentionOf } from "./tasks.ts";

/** One query against three keys, four numbers each, and one number of each value. */
export interface Question {
  readonly query: readonly number[];
  readonly keys: readonly (readonly number[])[];
  readonly values: readonly number[];
}

const HEAD_WIDTH = 4;
const TOLERANCE = 0.01;
/** Wrong answers must be this far from the right one and from each other, or they could not be told apart. */
const APART = 0.05;

/** Draws small whole numbers until the usual slips lead to answers of their own. */
export function drawQuestion(random: Pick<Random, "uniform">): Question {
  const draw = (low: number, high: number): number => low + Math.floor((high - low + 1) * random.uniform());
  for (;;) {
    const question = {
      query: Array.from({ length: HEAD_WIDTH }, () => draw(-1, 2)),
      keys: Array.from({ length: 3 }, () => Array.from({ length: HEAD_WIDTH }, () => draw(-1, 1))),
      values: Array.from({ length: 3 }, () => draw(-4, 4)),
    };
    const answers = [exact(question), unscaled(question), mean(question.values), best(question)];
    const apart = answers.every((a, i) => answers.every((b, j) => i === j || Math.abs(a - b) > APART));
    if (apart) return question;
  }
}

/** The output's number, as the engine computes it. */
export function exact({ query, keys, values }: Question): number {
  return attentionOf(query, keys, values);
}

function unscaled({ query, keys, values }: Question): number {
  return attentionOf(
    query.map((value) => value * Math.sqrt(HEAD_WIDTH)),
    keys,
    values,
  );
}

function scoresOf({ query, keys }: Question): number[] {
  return keys.map((key) => key.reduce((sum, value, i) => sum + value * query[i]!, 0) / Math.sqrt(HEAD_WIDTH));
}

/** The value of the key with the largest score. */
function best(question: Question): number {
  const scores = scoresOf(question);
  return question.values[indexOfLargest(scores)]!;
}

export function checkHandAttention(question: Question, answer: string): Verdict {
  const value = numberOf(answer);
  if (value === undefined) return unusable("请写一个数，比如 1.25。");
  const is = (other: number): boolean => Math.abs(value - other) <= TOLERANCE;
  const scores = scoresOf(question);
  if (is(exact(question))) {
    const powers = scores.map(Math.exp);
    const sum = powers.reduce((total, power) => total + power, 0);
    const weights = powers.map((power) => formatNumber(power / sum, 3));
    return right(
      `三个分数除以 √4 以后是 ${scores.map((s) => formatNumber(s, 1)).join("、")}，权重 ${weights.join("、")}。`,
    );
  }
  if (is(unscaled(question))) return wrong("忘了除以 √4：分数要先除以头宽的平方根，再做 softmax。");
  if (is(best(question))) return wrong("这是分数最大的那个键的值。softmax 不是取最大：别的键也分到一些。");
  if (is(mean(question.values))) return wrong("这是三个值的平均。权重要由分数经过 softmax 来。");
  const sums = scores.map((score, i) => score * question.values[i]!).reduce((total, term) => total + term, 0);
  if (is(sums)) return wrong("分数还没有经过 softmax：权重要都是正的，加起来是 1。");
  return wrong("先算三个点积，各除以 2，再算 e 的这么多次方，除以它们的和，就是权重。");
}
