import { addRows, dotRows } from "./few-rows";

// The loops in which nearly all time goes. They are a module of their own, compiled twice: with fused multiply-add, for which a browser must have
// relaxed SIMD, and without. The one does in an instruction what takes the other two, and rounds once instead of twice.

export { addTile } from "./tile";

/** out [rows × columns] += x · weight [inner × columns], of at most FEW_ROWS rows. size: bytes of a number of the weight. */
export function addFewRows(size: usize, out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  if (size == 4) addRows<f32>(out, x, weight, rows, inner, columns);
  else if (size == 2) addRows<u16>(out, x, weight, rows, inner, columns);
  else addRows<i8>(out, x, weight, rows, inner, columns);
}

/** out [rows × columns] += x · weightᵀ, with weight [columns × inner], of at most FEW_ROWS rows. */
export function dotFewRows(size: usize, out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  if (size == 4) dotRows<f32>(out, x, weight, rows, inner, columns);
  else if (size == 2) dotRows<u16>(out, x, weight, rows, inner, columns);
  else dotRows<i8>(out, x, weight, rows, inner, columns);
}
