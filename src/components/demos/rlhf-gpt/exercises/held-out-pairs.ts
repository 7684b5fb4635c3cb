import type { NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { right, unusable, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import { shareEstimate } from "../../../kit/text/statistics.ts";

const SHARE = 0.7;
const STEP = 10;

/** The fewest pairs, in tens, of which seven tenths are right with an interval that lies above one half. */
export function fewestPairs(): number {
  let pairs = STEP;
  while (lowest(pairs) <= 0.5) pairs += STEP;
  return pairs;
}

/** How many held-out pairs it takes to tell a reward model from a coin. */
export const HELD_OUT_PAIRS: NumberQuestion = {
  label: "至少几对",
  example: 100,
  kind: "whole",
  check: (pairs) => {
    if (pairs <= 0 || pairs % STEP !== 0) return unusable("取整十的正数：那样七成才是整数对。");
    if (pairs > 10_000) return unusable("用不了这么多。");
    const is = `${pairs} 对里对 ${SHARE * pairs} 对，区间的下端是 ${formatPercent(lowest(pairs))}`;
    const fewest = fewestPairs();
    if (pairs < fewest) return wrong(`${is}：抛硬币也可能这样。`);
    if (pairs > fewest) return wrong(`${is}，够了；可是 ${pairs - STEP} 对也够。`);
    return right(`${is}，刚过一半。按 4 条一组、留四分之一算，要排二十组；而且这还没有算同一组的对彼此牵连。`);
  },
};

function lowest(pairs: number): number {
  return shareEstimate(SHARE * pairs, pairs)?.low ?? 0;
}
