import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** As many questions as the demo asks, and as many tokens as it lets an answer have, where nothing was changed. */
export const QUESTIONS = 36;
export const STEPS = 80;

/** In percent: a reader works with the few digits of a calculator. */
const TOLERANCE = 0.03;

/** What [END] must have at every step for this share of the texts to end within so many steps. */
export function endAtEveryStep(share: number, steps: number): number {
  return 1 - (1 - share) ** (1 / steps);
}

/**
 * From the answers that ended, as the reader has counted them in the demo, back to the probability of [END].
 * @param percentText of one step, in percent
 */
export function checkStopping(stoppedText: string, percentText: string): Verdict {
  const stopped = numberOf(stoppedText);
  if (stopped === undefined || !Number.isInteger(stopped) || stopped < 0 || stopped > QUESTIONS) {
    return unusable(`第一格写停下的题数，0 到 ${QUESTIONS} 的整数。`);
  }
  if (stopped === 0 || stopped === QUESTIONS) {
    return unusable("一题也没停，或者全停了，算出来的概率只能是 0 或 1。换另一个模型的题数来算。");
  }
  const value = numberOf(percentText);
  if (value === undefined || value < 0) return unusable("第二格写一个百分数，比如 0.5。");
  const percent = /[%％]\s*$/.test(percentText) ? 100 * value : value;
  const share = stopped / QUESTIONS;
  const answer = 100 * endAtEveryStep(share, STEPS);
  const is = (other: number): boolean => Math.abs(percent - other) <= TOLERANCE;
  if (is(answer)) {
    return right(
      `${STEPS} 步都不停的概率是 1 − ${stopped}/${QUESTIONS}，约 ${formatPercent(1 - share)}；开 ${STEPS} 次方，每一步不停的概率约 ${formatPercent(1 - answer / 100)}，所以 [END] 每一步约 ${formatNumber(answer, 2)}%。每一步几乎看不出来，${STEPS} 步以后停下的却有 ${formatPercent(share)}。`,
    );
  }
  if (is((100 * share) / STEPS))
    return wrong("这是把停下的比例平分到每一步。已经停下的就没有下一步了，概率不能这样分。");
  if (is(100 * share)) return wrong(`这是 ${STEPS} 步以内停下的比例，要的是其中一步的概率。`);
  if (is(100 - answer)) return wrong("这是一步不停的概率。");
  return wrong(`先算 ${STEPS} 步都不停的概率，再开 ${STEPS} 次方，得到一步不停的概率。`);
}
