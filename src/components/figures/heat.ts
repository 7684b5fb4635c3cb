/**
 * Numbers as coloured cells. All cells of one colour are one path, neighbours in a row are one line of it: a page full of tensors stays light, works
 * without a script, and the colours are the style sheet's, so they follow the theme and the printer.
 */
import { type ColorScale, stepOf } from "./colors.ts";

/** Numbers with names for their rows and columns. */
export interface Matrix {
  /** What each row stands for. */
  readonly rows: readonly string[];
  /** What each column stands for; or how many there are, for numbers without names, of which a window is shown at a time. */
  readonly columns: readonly string[] | number;
  /** [rows × columns] */
  readonly data: Float32Array;
  /** Cells that there are none of, such as what a causal mask hides. */
  readonly hidden?: (row: number, column: number) => boolean;
}

/** A place in a matrix. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Of causal attention: nothing behind the token that looks can be seen. */
export const causal = (row: number, column: number): boolean => column > row;

/** The cells of one colour. */
export interface StepPath {
  /** Of the scale, never 0; `undefined`: the hidden ones. */
  readonly step: number | undefined;
  /**
   * `d` of an SVG path of lines, one wide, through the middles of the cells, which are one wide and one high. Each begins from where the one before
   * ends: the same few small numbers come again and again, and a page of them packs well.
   */
  readonly d: string;
}

/**
 * Cells as paths. What has step 0 is not drawn: it is the ground.
 *
 * @param data [rows × columns]
 */
export function cellPaths(
  data: Float32Array,
  columns: number,
  scale: ColorScale,
  hidden?: Matrix["hidden"],
): StepPath[] {
  const paths = new Map<number | undefined, { d: string; x: number; y: number }>();
  const rows = data.length / columns;
  for (let row = 0; row < rows; row++) {
    const stepAt = (column: number): number | undefined =>
      hidden?.(row, column) ? undefined : stepOf(scale, data[row * columns + column]!);
    let start = 0;
    let step = stepAt(0);
    for (let column = 1; column <= columns; column++) {
      const next = column < columns ? stepAt(column) : Number.NaN;
      if (next === step) continue;
      if (step !== 0) {
        const { d, x, y } = paths.get(step) ?? { d: "", x: 0, y: 0 };
        const middle = row + 0.5;
        paths.set(step, { d: `${d}m${start - x} ${middle - y}h${column - start}`, x: column, y: middle });
      }
      [start, step] = [column, next];
    }
  }
  return [...paths].map(([step, { d }]) => ({ step, d }));
}

/** Columns of a long row that are shown at once. */
const WINDOW = 64;

/** The part of a matrix that is shown: all of it, or of nameless columns the window around the one that is looked at. */
export function windowOf(
  { rows, columns, data }: Matrix,
  at: number,
): { first: number; width: number; data: Float32Array } {
  if (typeof columns !== "number") return { first: 0, width: columns.length, data };
  if (columns <= WINDOW) return { first: 0, width: columns, data };
  const first = Math.floor(at / WINDOW) * WINDOW;
  const width = Math.min(WINDOW, columns - first);
  const part = new Float32Array(rows.length * width);
  for (const row of rows.keys()) {
    part.set(data.subarray(row * columns + first, row * columns + first + width), row * width);
  }
  return { first, width, data: part };
}

/** Where a key leads from a cell; undefined if it leads nowhere. */
export function cellAfter(
  key: string | undefined,
  { row, column }: Cell,
  [rows, columns]: readonly [rows: number, columns: number],
): Cell | undefined {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key ?? ""];
  if (key === "Home") return { row, column: 0 };
  if (key === "End") return { row, column: columns - 1 };
  if (!step) return undefined;
  const [down = 0, right = 0] = step;
  return {
    row: Math.min(rows - 1, Math.max(0, row + down)),
    column: Math.min(columns - 1, Math.max(0, column + right)),
  };
}
