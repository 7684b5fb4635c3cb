/** How a dot is filled: what it stands for is told by more than its colour. */
export type DotLook = "full" | "grey" | "hollow";

/** One measured value, with its 95 % interval where it has one. */
export interface Dot {
  /** Whose it is. */
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly look: DotLook;
  /** What is said of it behind its name and value. */
  readonly note?: string;
}

/** Values that are compared on one axis. */
export interface DotRow {
  readonly id: string;
  readonly title: string;
  readonly dots: readonly Dot[];
}

/** Of an axis of shares. */
export const PERCENT_TICKS = [0, 0.25, 0.5, 0.75, 1].map((at) => [at, `${100 * at}%`] as const);

/** How much of the axis a dot takes. */
const DOT = 0.03;

/** Whether the values of a row are measured ones, each on a line of its own with its interval. */
const measured = (dots: readonly Dot[]): boolean => dots.some(({ low }) => low !== undefined);

/**
 * The line of each dot of a row, counted from 0, so that none covers another.
 * @param width of the axis, in the unit of the values
 */
export function lanesOf(dots: readonly Dot[], width: number): number[] {
  if (measured(dots)) return dots.map((_, i) => i);
  const ends: number[] = [];
  const lanes: number[] = [];
  for (const i of dots
    .keys()
    .toArray()
    .toSorted((a, b) => dots[a]!.value - dots[b]!.value)) {
    const { value } = dots[i]!;
    const free = ends.findIndex((end) => value - end >= DOT * width);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = value;
    lanes[i] = lane;
  }
  return lanes;
}

/** A row in words. @param format how values are written */
export function tellRow({ title, dots }: DotRow, format: (value: number) => string): string {
  const told = dots.map(({ name, value, low, high, note }) => {
    const range = low === undefined || high === undefined ? "" : `（${format(low)}–${format(high)}）`;
    return `${name} ${format(value)}${range}${note ? `，${note}` : ""}`;
  });
  return `${title}：${told.join("；") || "还没有"}。`;
}
