import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";

/** Half of the texts have 北京, half 上海; each gap is guessed by itself, so 北海 gets one half times one half. */
const WANTED = 25;

/** @param answer a percentage, with or without its sign, also in full-width digits */
export function checkTwoGaps(answer: string): Verdict {
  const plain = answer.normalize("NFKC").replace("%", "").trim();
  const percent = Number(plain);
  if (plain === "" || !Number.isFinite(percent)) return unusable("请写一个百分数，比如 10。");
  if (percent < 0 || percent > 100) return unusable("概率在 0 和 100% 之间。");
  if (percent === WANTED) {
    return right(
      "第一个空是「北」的概率 50%，第二个空是「海」的概率 50%，各猜各的，乘起来 25%。没有人写过的「北海」，和「北京」一样多。",
    );
  }
  if (percent === 0) return wrong("语料里没有，可是模型两个空分开猜：它猜第二个空时，不知道自己第一个空猜了什么。");
  if (percent === 50) return wrong("50% 是一个空的。两个空要同时猜成这样。");
  return wrong("先写下每个空单独的概率，再想两个空是不是互不相干。");
}
