import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { TOKENS } from "./tokens.ts";

/** @param picked indices of the tokens whose prediction is to count */
export function checkMask(picked: readonly number[]): Verdict {
  if (picked.length === 0) return unusable("先点出要算损失的词元。");
  const learnt = TOKENS.flatMap(({ given }, i) => (given ? [] : [i]));
  const end = TOKENS.length - 1;
  const answerMark = TOKENS.findIndex(({ text }) => text === "[答]");
  const chosen = new Set(picked);
  if (chosen.size === learnt.length && learnt.every((i) => chosen.has(i))) {
    return right("回答的每个词元，加上 [END]。「白」是从 [答] 那里预测的，所以 [答] 自己不算，它后面的一个要算。");
  }
  if (picked.some((i) => i < answerMark)) return wrong("指令是用户写的。学着预测它，是学着替用户提问。");
  if (chosen.has(answerMark)) return wrong("[答] 是给定的：用的时候，程序每次都替它写好。");
  if (!chosen.has(end)) return wrong("少了 [END]。不学它，模型就不知道什么时候该停。");
  return wrong("回答里还有词元没有点。");
}
