import type { CartPoleMetrics } from "../../../../engine/experiments/cart-pole.ts";
import { CART_POLE_DEFAULTS, type CartPoleSettings } from "../../../../engine/experiments/cart-pole-settings.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatCount } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { SOLVED } from "../metrics.ts";

/** How far a guess may be off, as a share of what was measured. */
const NEAR = 0.2;

/** The reader's own training: what it was started with and what it measured. */
export interface OwnRun {
  readonly settings: CartPoleSettings | undefined;
  readonly records: readonly CartPoleMetrics[];
}

/** A guess of the step at which the mean return is first as good as solved. @param run of the page, once it is over */
export function checkSolved(text: string, run: OwnRun | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || guess <= 0) return unusable("请写一个步数，比如 20000。");
  if (!run) return unusable(`猜的是 ${formatCount(guess)} 步，先放在这里。点演示里的「开始」，练完了再来检查。`);
  if (JSON.stringify(run.settings) !== JSON.stringify(CART_POLE_DEFAULTS))
    return unusable("练完的这一次，设置不是默认的。请点演示里的「重置」，只换种子，再练一次。");
  const solved = run.records.find(({ meanReturn }) => (meanReturn ?? 0) >= SOLVED);
  if (!solved) return unusable(`这一次练完了，平均也没有到 ${SOLVED}。换一个种子，再练一次。`);
  const measured = `平均第一次到 ${SOLVED}，是在第 ${formatCount(solved.steps)} 步`;
  if (Math.abs(guess - solved.steps) <= NEAR * solved.steps) return right(`${measured}，和你猜的相差不到两成。`);
  return wrong(`${measured}，你猜得太${guess < solved.steps ? "早" : "晚"}了。`);
}
