import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** Of so many tokens 15 % are chosen; of those 80 % are hidden, 10 % swapped and 10 % kept. */
const TOKENS = 200;
const CHOSEN = 0.15 * TOKENS;
const HIDDEN = 0.8 * CHOSEN;
const KEPT = 0.1 * CHOSEN;

/** How many become [MASK], and how many are asked for although nothing was done to them. */
export function checkChances(hiddenText: string, keptText: string): Verdict {
  const [hidden = -1, kept = -1] = [numberOf(hiddenText), numberOf(keptText)];
  if (hidden < 0 || kept < 0) return unusable("两格都要写一个不小于 0 的数。");
  if (hidden === HIDDEN && kept === KEPT) {
    return right(
      `选中 ${CHOSEN} 个：${HIDDEN} 个遮住，${KEPT} 个换掉，${KEPT} 个不变。200 个里只有这 ${CHOSEN} 个教模型东西。`,
    );
  }
  if (hidden === CHOSEN) return wrong("30 个是选中的。选中的不是全都变成 [MASK]。");
  if (hidden === 0.8 * TOKENS) return wrong("先按 15% 选，八成是选中的里面的八成。");
  if (hidden === HIDDEN) return wrong("遮住的对了。不变的是选中的一成，不是没选中的。");
  return wrong("先算选中几个，再把它们按八成、一成、一成分开。");
}
