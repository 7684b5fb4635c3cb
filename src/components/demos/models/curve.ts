import { minOf } from "../../../engine/statistics.ts";
import { formatCount, formatNumber, formatPercent } from "../../kit/text/format.ts";
import type { Series, TrainingLog } from "./training-log.ts";

/** One check of one series. */
export interface CurvePoint {
  readonly name: string;
  readonly tokens: number;
  readonly value: number;
}

/** The checks of some series, over the tokens read so far. */
export function pointsOf(series: readonly Series[], tokens: readonly number[]): CurvePoint[] {
  return series.flatMap(({ name, values }) => values.map((value, i) => ({ name, tokens: tokens[i] ?? 0, value })));
}

/** Where the name of a line stands: at its last point, moved by `dy` pixels. */
export interface EndLabel extends CurvePoint {
  readonly dy: number;
}

/** Names closer than this share of the axis would lie on each other. */
const TOO_CLOSE = 0.1;
const APART_PIXELS = 8;

/**
 * The names of one or two lines, at their ends; two that would lie on each other stand apart.
 * @param extent length of the vertical axis, in units of the values
 */
export function endLabels(series: readonly Series[], tokens: readonly number[], extent: number): EndLabel[] {
  const last = tokens.at(-1);
  const ends = pointsOf(series, tokens)
    .filter((point) => point.tokens === last)
    .sort((a, b) => b.value - a.value);
  const [upper, lower] = ends;
  const close = upper && lower && upper.value - lower.value < TOO_CLOSE * extent;
  return ends.map((end, i) => ({ ...end, dy: close ? (i === 0 ? -APART_PIXELS : APART_PIXELS) : 0 }));
}

/** In words what the curve of the losses shows. @param unit of what the loss is counted, such as 个词元 */
export function describeLosses({ losses, tokens }: TrainingLog, unit: string): string {
  const validation = losses.find(({ key }) => key === "val_loss");
  const [first, last] = [validation?.values[0], validation?.values.at(-1)];
  if (!validation || first === undefined || last === undefined) return "这次训练没有留下损失的记录。";
  const read = formatCount(tokens.at(-1) ?? 0);
  if (validation.values.length === 1) return `只检查了一次：读到 ${read}个词元时，验证损失 ${loss(last)}。`;
  const lowest = minOf(validation.values);
  const best = tokens[validation.values.indexOf(lowest)] ?? 0;
  const low = lowest < last ? `，最低 ${loss(lowest)}，在 ${formatCount(best)}个词元处` : "";
  const training = losses.find(({ key }) => key === "train_loss")?.values.at(-1);
  const beside = training === undefined ? "" : `；最后的训练损失 ${loss(training)}`;
  return `读了 ${read}个词元，验证损失从 ${loss(first)} 降到 ${loss(last)}${low}${beside}。单位是纳特，按每${unit}平均。`;
}

/** In words what the curve of the shares shows. */
export function describeShares({ shares }: TrainingLog): string {
  const parts = shares.map(
    ({ name, values }) => `${name}从 ${formatPercent(values[0] ?? 0)} 到 ${formatPercent(values.at(-1) ?? 0)}`,
  );
  return `训练中的每次检查：${parts.join("，")}。`;
}

function loss(value: number): string {
  return formatNumber(value, 3);
}
