import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import type { Estimate } from "../../../kit/text/statistics.ts";
import type { Row } from "../sweep/metrics.ts";
import type { Axis } from "../sweep/plan.ts";

/** The two temperatures that are compared. */
export const FROM = 1;
export const TO = 1.5;
/** Fewer poems at a temperature say too little. */
const FEWEST = 20;

/** What the sweep beside the exercise has measured. */
interface Measured {
  readonly axis: Axis;
  readonly rows: readonly Row[];
}

/** A guess, in percentage points, of how many poems fewer rhyme at 1.5 than at 1, held against what the reader's own sweep has measured. */
export function checkPrediction(text: string, { axis, rows }: Measured): Verdict {
  const guess = numberOf(text);
  if (guess === undefined) return unusable("请写一个数，比如 10：你猜少 10 个百分点。");
  const rhymeAt = (wanted: number): Estimate | null =>
    rows.find(({ value, poems }) => value === wanted && poems.length >= FEWEST)?.estimates.rhyme ?? null;
  const [cold, hot] = [rhymeAt(FROM), rhymeAt(TO)];
  if (axis !== "temperature" || !cold || !hot) {
    return unusable(`猜的是 ${guess}，先放在这里。点上面的链接设好演示，写完诗，再来检查。`);
  }
  const { value, low, high } = difference(cold, hot);
  const points = (share: number): string => formatNumber(100 * share, 1);
  const measured = `你量到的是少 ${points(value)} 个百分点，95% 区间从 ${points(low)} 到 ${points(high)}`;
  if (guess >= 100 * low && guess <= 100 * high) return right(`${measured}，你猜的 ${guess} 在里面。`);
  return wrong(`${measured}，你猜的 ${guess} ${guess < 100 * low ? "太少" : "太多"}。`);
}

/** Of two shares that were measured apart, by Newcombe's method from their Wilson intervals. */
function difference(first: Estimate, second: Estimate): Estimate {
  const value = first.value - second.value;
  return {
    value,
    low: value - Math.hypot(first.value - first.low, second.high - second.value),
    high: value + Math.hypot(first.high - first.value, second.value - second.low),
  };
}
