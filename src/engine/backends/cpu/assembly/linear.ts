import { mayBeLifted, stored } from "./cells";
import { addFewRows, dotFewRows } from "./few-rows";
import { addProduct } from "./product";
import { addRow } from "./rows";

/**
 * out [rows × columns] = (accumulate ? out : 0) + x [rows × inner] · weight + bias.
 * weight: [inner × columns], or [columns × inner] when transposed, in half precision or f32. bias: 0 for none.
 */
export function linear(
  out: usize, x: usize, weight: usize, bias: usize,
  rows: i32, inner: i32, columns: i32, transposed: bool, accumulate: bool, half: bool,
): void {
  start(out, bias, rows, columns, accumulate);
  if (half) addLinear<u16>(out, x, weight, rows, inner, columns, transposed);
  else addLinear<f32>(out, x, weight, rows, inner, columns, transposed);
}

function addLinear<T>(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32, transposed: bool): void {
  if (transposed) addTransposed<T>(out, (<usize>columns) << 2, x, weight, rows, inner, columns);
  else addPlain<T>(out, x, (<usize>inner) << 2, weight, rows, inner, columns);
}

/** out [rows × columns] += x · weight [inner × columns]. */
export function addPlain<T>(out: usize, x: usize, xRow: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>columns) << 2;
  if (rows < FEW_ROWS && mayBeLifted<T>(x, rows * inner)) addFewRows<T>(out, x, xRow, weight, rows, inner, columns);
  else addProduct<T>(out, row, x, xRow, 4, weight, stored<T>(row), sizeof<T>(), rows, inner, columns);
}

/** out [rows × columns] += x · weightᵀ, with weight [columns × inner]. */
export function addTransposed<T>(out: usize, outRow: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>inner) << 2;
  if (rows < FEW_ROWS && mayBeLifted<T>(x, rows * inner)) dotFewRows<T>(out, outRow, x, weight, rows, inner, columns);
  else addProduct<T>(out, outRow, x, row, 4, weight, sizeof<T>(), stored<T>(row), rows, inner, columns);
}

/** As many rows repay packing the weight, which also makes floats of halves. */
const FEW_ROWS = 8;

/** out [aWidth × bWidth] += aᵀ · b, with a [rows × aWidth] and b [rows × bWidth]. */
export function outerProducts(out: usize, a: usize, b: usize, rows: i32, aWidth: i32, bWidth: i32): void {
  const bRow = (<usize>bWidth) << 2;
  addProduct<f32>(out, bRow, a, 4, (<usize>aWidth) << 2, b, bRow, 4, aWidth, rows, bWidth);
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
