import type { BeamCandidate, Hypothesis } from "../../../../engine/decoding/beam.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import type { GreedyText } from "./greedy.ts";

/** What became of a candidate. */
export const FATES: Readonly<Record<BeamCandidate["fate"], string>> = {
  kept: "留下",
  dropped: "扔掉",
  finished: "写完",
};

/** Why a text ended. */
export const ENDINGS: Readonly<Record<Hypothesis["reason"], string>> = {
  end: "写到了结束词元",
  length: "到了最多词元数",
  context: "上下文满了",
};

/** A log-probability, of one token or summed along a text. */
export function formatSum(logProb: number): string {
  return formatNumber(logProb, 2);
}

/** A score: a sum divided by a power of the length. Hypotheses differ late, so it has one digit more. */
export function formatScore(score: number): string {
  return formatNumber(score, 3);
}

/** Whether the search beat greedy decoding, and by how much, in a sentence or two. */
export function comparison(best: Pick<Hypothesis, "ids" | "logProb" | "score">, greedy: GreedyText): string {
  const gap = best.score - greedy.score;
  if (best.ids.join() === greedy.ids.join())
    return "束搜索的第一名和贪心写的是同一首：这一次多看几条路没有找到更好的。";
  const ratio = Math.exp(Math.abs(best.logProb - greedy.logProb));
  const times = ratio >= 1e6 ? ratio.toExponential(1) : formatNumber(Number(ratio.toPrecision(3)));
  const likelier = best.logProb >= greedy.logProb ? "是" : "只有";
  const share = best.logProb >= greedy.logProb ? `${times} 倍` : `1/${times}`;
  const verdict =
    gap > 0
      ? `束搜索高 ${formatScore(gap)} 分`
      : gap < 0
        ? `贪心反而高 ${formatScore(-gap)} 分：束搜索不保证更好`
        : "两首同分";
  return `${verdict}。整首的概率，束搜索的${likelier}贪心那首的 ${share}。`;
}
