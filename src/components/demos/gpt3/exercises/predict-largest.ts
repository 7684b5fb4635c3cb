import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatChange, formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { fitPowerLaw, lossAt } from "../scaling-law/line.ts";
import { fields, MODELS, type Reading } from "../scaling-law/read.ts";

/** By how much a guess may be off, as a share of the loss. */
const NEAR = 0.03;

/** A guess of the largest model's loss on the reader's text, held against the reader's own run. @param reading of it, once it is over */
export function checkLargest(text: string, reading: Reading | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || guess <= 0) return unusable("请写一个损失，比如 4.5。");
  if (reading === undefined || reading.text === fields.text.initial)
    return unusable(
      `猜的是 ${formatNumber(guess, 3)}，先放在这里。在演示里换一段你自己的文字，让模型读一遍，再来检查。`,
    );
  const largest = reading.losses.find(({ model }) => model === MODELS.largest);
  if (!largest) return unusable("四个小的读过了。打开「连最大的一个也量」，再读一遍，然后来检查。");
  const others = reading.losses.filter((own) => own !== largest);
  const line = lossAt(fitPowerLaw(others.map(({ parameters, loss }) => [parameters, loss])), largest.parameters);
  const off = (value: number): string => `${formatChange(100 * (value / largest.loss - 1), 1)}%`;
  const measured = `量出来是 ${formatNumber(largest.loss, 3)}。你猜的差 ${off(guess)}，四个小模型的直线说 ${formatNumber(line, 3)}，差 ${off(line)}`;
  return Math.abs(guess / largest.loss - 1) <= NEAR
    ? right(`${measured}。`)
    : wrong(`${measured}。一段文字太短，直线也会差得多；多写几个字再试。`);
}
