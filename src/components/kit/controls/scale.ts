/** How a slider maps positions to values. */
export type ScaleKind = "linear" | "log";

/** The range of a control; `step` is the grid of its values, counted from `min`. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Positions of the underlying range input when the scale is logarithmic. */
export const LOG_POSITIONS = 400;

/** `value` moved onto the grid of `range` and into it; removes the floating-point dust of `0.1 + 0.2`. */
export function snap(value: number, { min, max, step }: Range): number {
  const onGrid = min + Math.round((value - min) / step) * step;
  return Math.min(max, Math.max(min, Number(onGrid.toFixed(decimals(step) + 2))));
}

/** Decimals needed to print a multiple of `step` exactly, e.g. 2 for 0.05. */
export function decimals(step: number): number {
  const text = String(step);
  const exponent = text.indexOf("e-");
  if (exponent >= 0) return Number(text.slice(exponent + 2));
  const dot = text.indexOf(".");
  return dot < 0 ? 0 : text.length - dot - 1;
}

/** Where the logarithm begins: at `min`, or, where that is 0 and has none, at the first step, one position further. */
function logStart({ min, step }: Range): { readonly value: number; readonly position: number } {
  return min > 0 ? { value: min, position: 0 } : { value: step, position: 1 };
}

/** Position of a logarithmic slider (0 … `LOG_POSITIONS`) for a value of the range; 0, where it is in the range, is at the very left. */
export function toLogPosition(value: number, range: Range): number {
  const start = logStart(range);
  if (value < start.value) return 0;
  const share = Math.log(value / start.value) / Math.log(range.max / start.value);
  return start.position + share * (LOG_POSITIONS - start.position);
}

/** Value at a position of a logarithmic slider, on the grid. */
export function fromLogPosition(position: number, range: Range): number {
  const start = logStart(range);
  if (position < start.position) return range.min;
  const share = (position - start.position) / (LOG_POSITIONS - start.position);
  return snap(start.value * (range.max / start.value) ** share, range);
}
