import { cell } from "./cells";
import { addLinear, start } from "./linear";
import { addWithin, storeWithin } from "./simd";

// Products with a weight of 8-bit integers, each channel times an f32 scale: the integers are multiplied as they are, and the sums by the scales.

/**
 * out = (accumulate ? out : 0) + scales · (x · codes) + bias, as `linear`. scales: [columns]. codes: i8, [inner × columns], or [columns × inner]
 * when transposed. sums: [rows × columns].
 */
export function linearI8(
  out: usize, x: usize, codes: usize, scales: usize, bias: usize, sums: usize,
  rows: i32, inner: i32, columns: i32, transposed: bool, accumulate: bool,
): void {
  const row = (<usize>columns) << 2;
  start(out, bias, rows, columns, accumulate);
  memory.fill(sums, 0, <usize>rows * row);
  addLinear<i8>(sums, x, codes, rows, inner, columns, transposed);
  for (let r = 0; r < rows; r++) {
    for (let c: usize = 0; c < row; c += 16) addWithin(out + c, f32x4.mul(v128.load(scales + c), v128.load(sums + c)), row - c);
    out += row, sums += row;
  }
}

/** out[r, :] = (accumulate ? out[r, :] : 0) + scales[indices[r]] · table[indices[r], :]. */
export function gatherI8(out: usize, codes: usize, scales: usize, indices: usize, rows: i32, width: i32, accumulate: bool): void {
  const row = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const index = <usize>load<i32>(indices + ((<usize>r) << 2));
    const from = codes + index * <usize>width;
    const scale = v128.load32_splat(scales + (index << 2));
    for (let i: usize = 0; i < row; i += 16) {
      const numbers = f32x4.mul(scale, cell<i8>(from, i));
      storeWithin(out + i, accumulate ? f32x4.add(v128.load(out + i), numbers) : numbers, row - i);
    }
    out += row;
  }
}
