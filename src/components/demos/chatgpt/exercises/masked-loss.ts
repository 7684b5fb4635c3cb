import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { TOKENS } from "./tokens.ts";

const TOLERANCE = 0.006;

/** The mean of −ln p over some of the tokens of the exercise. */
function meanLoss(tokens: typeof TOKENS): number {
  return tokens.reduce((sum, { probability }) => sum - Math.log(probability), 0) / tokens.length;
}

const learnt = TOKENS.filter(({ given }) => !given);

/** What the exercise asks for, in nats per token. */
export const MASKED_LOSS = meanLoss(learnt);

export function checkMaskedLoss(answer: string): Verdict {
  const text = answer.normalize("NFKC").replace("−", "-").trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) return unusable("请写一个数，比如 0.9。");
  const is = (other: number): boolean => Math.abs(value - other) <= TOLERANCE;
  if (is(MASKED_LOSS)) {
    const sum = formatNumber(MASKED_LOSS * learnt.length, 3);
    return right(`0.5 × 0.25 × 0.8 × 0.1 = 0.01，−ln 0.01 = ${sum}，除以 4 是 ${formatNumber(MASKED_LOSS, 3)}。`);
  }
  if (is(-MASKED_LOSS)) return wrong("符号反了：概率小于 1，对数是负的，损失要加一个负号。");
  if (is(MASKED_LOSS * learnt.length)) return wrong("这是总和。还要除以算损失的词元的个数。");
  if (is((MASKED_LOSS * learnt.length) / TOKENS.length))
    return wrong("不能除以全部词元的个数：给定的不算，分母里也没有它们。");
  if (is(meanLoss(TOKENS)) || is(meanLoss(TOKENS.slice(1)))) return wrong("把指令的词元也算进去了。");
  if (is(meanLoss(learnt.slice(0, -1)))) return wrong("漏了 [END]，它也是要学的。");
  return wrong("只看「白色。[END]」这四个词元，取 −ln p 的平均。");
}
