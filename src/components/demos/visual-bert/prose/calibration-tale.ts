import { formatNumber, formatPercent } from "../../../kit/text/format.ts";

/** What was done to the classifier's confidence, and measured: from its training configuration and its evaluation. */
export interface Calibration {
  /** Share of a label that is spread evenly over both classes (Szegedy et al. 2016). */
  readonly labelSmoothing: number;
  readonly temperature: number;
  /** Expected calibration errors on the validation set, before and after dividing by the temperature. */
  readonly before: number;
  readonly after: number;
}

/** The confidence that a perfect fit to the smoothed labels has after the temperature: a classifier of two classes hardly says more. */
export function ceiling({ labelSmoothing, temperature }: Calibration): number {
  const fitted = 1 - labelSmoothing / 2;
  return 1 / (1 + ((1 - fitted) / fitted) ** (1 / temperature));
}

/**
 * What the temperature did to the shipped classifier, in words for the prose.
 * @throws RangeError where it made the error smaller: then the prose tells another story
 */
export function tellTemperature({ temperature, before, after }: Calibration): string {
  if (after <= before)
    throw new RangeError("the temperature has made the calibration error smaller: the text says that it did not");
  return `挑出的 τ 是 ${formatNumber(temperature, 2)}，几乎没有动；校准误差却从 ${formatPercent(before)} 变成 ${formatPercent(after)}，反而大了`;
}

/** Why nothing exceeds the ceiling, in words for the prose. */
export function tellSmoothing(calibration: Calibration): string {
  const { labelSmoothing } = calibration;
  return `好评的答案不写成 100%，写成 ${formatPercent(1 - labelSmoothing / 2)}。除以温度以后，最高大约到 ${formatPercent(ceiling(calibration))}`;
}
