import { mayBeLifted, stored } from "./cells";
import { FEW_ROWS } from "./few-rows";
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

/** out += x · weight, which is stored as T. */
export function addLinear<T>(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32, transposed: bool): void {
  if (transposed) addTransposed<T>(out, x, weight, rows, inner, columns);
  else addPlain<T>(out, x, weight, rows, inner, columns);
}

/** out [rows × columns] += x · weight [inner × columns]. */
function addPlain<T>(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>columns) << 2, xRow = (<usize>inner) << 2;
  if (rows <= FEW_ROWS && mayBeLifted<T>(x, rows * inner)) addFewRows(sizeof<T>(), out, x, weight, rows, inner, columns);
  else addProduct<T>(out, row, x, xRow, 4, weight, stored<T>(row), sizeof<T>(), rows, inner, columns);
}

/** out [rows × columns] += x · weightᵀ, with weight [columns × inner]. */
function addTransposed<T>(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>inner) << 2, outRow = (<usize>columns) << 2;
  if (rows <= FEW_ROWS && mayBeLifted<T>(x, rows * inner)) dotFewRows(sizeof<T>(), out, x, weight, rows, inner, columns);
  else addProduct<T>(out, outRow, x, row, 4, weight, sizeof<T>(), stored<T>(row), rows, inner, columns);
}

// In a module of their own (`fused.ts`). size: bytes of a number of the weight.

@external("fused", "addFewRows")
declare function addFewRows(size: usize, out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void;

@external("fused", "dotFewRows")
declare function dotFewRows(size: usize, out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void;

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
