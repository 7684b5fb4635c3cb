import { addFewRows, dotFewRows } from "./few-rows";
import { addProduct } from "./product";
import { addRow } from "./rows";

/**
 * out [rows × columns] = (accumulate ? out : 0) + x [rows × inner] · weight + bias.
 * weight: [inner × columns], or [columns × inner] when transposed. bias: 0 for none.
 */
export function linear(
  out: usize, x: usize, weight: usize, bias: usize, rows: i32, inner: i32, columns: i32, transposed: bool, accumulate: bool,
): void {
  start(out, bias, rows, columns, accumulate);
  const outRow = (<usize>columns) << 2, xRow = (<usize>inner) << 2;
  if (transposed) addTransposed(out, outRow, x, weight, rows, inner, columns);
  else addPlain(out, x, xRow, weight, rows, inner, columns);
}

/** out [rows × columns] += x · weight [inner × columns]. */
export function addPlain(out: usize, x: usize, xRow: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>columns) << 2;
  if (rows < FEW_ROWS) addFewRows(out, x, xRow, weight, rows, inner, columns);
  else addProduct(out, row, x, xRow, 4, weight, row, 4, rows, inner, columns);
}

/** out [rows × columns] += x · weightᵀ, with weight [columns × inner]. */
export function addTransposed(out: usize, outRow: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>inner) << 2;
  if (rows < FEW_ROWS) dotFewRows(out, outRow, x, weight, rows, inner, columns);
  else addProduct(out, outRow, x, row, 4, weight, 4, row, rows, inner, columns);
}

/** As many rows repay packing the weight. */
const FEW_ROWS = 8;

/** out [aWidth × bWidth] += aᵀ · b, with a [rows × aWidth] and b [rows × bWidth]. */
export function outerProducts(out: usize, a: usize, b: usize, rows: i32, aWidth: i32, bWidth: i32): void {
  const bRow = (<usize>bWidth) << 2;
  addProduct(out, bRow, a, 4, (<usize>aWidth) << 2, b, bRow, 4, aWidth, rows, bWidth);
}

/** Fills `out` with what the products are added to. */
export function start(out: usize, bias: usize, rows: i32, columns: i32, accumulate: bool): void {
  const rowBytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const to = out + <usize>r * rowBytes;
    if (bias && accumulate) addRow(to, bias, rowBytes);
    else if (bias) memory.copy(to, bias, rowBytes);
    else if (!accumulate) memory.fill(to, 0, rowBytes);
  }
}
