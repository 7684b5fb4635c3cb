import { sums4 } from "./few-rows";
import { addPlain, addTransposed, start } from "./linear";
import { addWithin, storeWithin } from "./simd";

// Products with a weight of 8-bit integers, each channel times an f32 scale. One row, as in decoding, multiplies the integers as they are
// and the sums by the scales; for more rows it pays to widen some rows of the weight and multiply those.

/** Rows of the weight that are widened at a time: a few stay in the second-level cache. */
const WIDENED_ROWS = 16;


/**
 * out = (accumulate ? out : 0) + x · (scales · codes) + bias, as `linear`. scales: [columns]. codes: i8, [inner × columns], or [columns × inner]
 * when transposed. scratch: WIDENED_ROWS rows of the weight as f32.
 */
export function linearI8(
  out: usize, x: usize, codes: usize, scales: usize, bias: usize, scratch: usize,
  rows: i32, inner: i32, columns: i32, transposed: bool, accumulate: bool,
): void {
  start(out, bias, rows, columns, accumulate);
  if (transposed) {
    if (rows == 1 && inner % 8 == 0) dotRow(out, x, codes, scales, inner, columns);
    else for (let c = 0; c < columns; c += WIDENED_ROWS) {
      const count = min(WIDENED_ROWS, columns - c);
      for (let i = 0; i < count; i++) {
        widen(scratch + <usize>(i * inner) * 4, codes + <usize>(c + i) * <usize>inner, load<f32>(scales + <usize>(c + i) * 4), inner);
      }
      addTransposed<f32>(out + <usize>c * 4, (<usize>columns) << 2, x, scratch, rows, inner, count);
    }
  } else if (rows == 1 && columns % 8 == 0 && inner % 4 == 0) addRowTimesColumns(out, x, codes, scales, scratch, inner, columns);
  else for (let k = 0; k < inner; k += WIDENED_ROWS) {
    const count = min(WIDENED_ROWS, inner - k);
    for (let i = 0; i < count; i++) widenColumns(scratch + <usize>(i * columns) * 4, codes + <usize>(k + i) * <usize>columns, scales, columns);
    addPlain<f32>(out, x + <usize>k * 4, (<usize>inner) << 2, scratch, rows, count, columns);
  }
}

/** out[r, :] = (accumulate ? out[r, :] : 0) + scales[indices[r]] · table[indices[r], :]. */
export function gatherI8(out: usize, codes: usize, scales: usize, indices: usize, scratch: usize, rows: i32, width: i32, accumulate: bool): void {
  for (let r = 0; r < rows; r++) {
    const index = <usize>load<i32>(indices + ((<usize>r) << 2));
    const to = out + <usize>(r * width) * 4;
    const scale = load<f32>(scales + (index << 2));
    if (accumulate) {
      widen(scratch, codes + index * <usize>width, scale, width);
      for (let i: usize = 0; i < <usize>width * 4; i += 16) addWithin(to + i, v128.load(scratch + i), <usize>width * 4 - i);
    } else widen(to, codes + index * <usize>width, scale, width);
  }
}

/** to[i] = scale · codes[i]. */
function widen(to: usize, codes: usize, scale: f32, length: i32): void {
  const factor = f32x4.splat(scale);
  for (let i = 0; i < length; i += 4) storeWithin(to + <usize>i * 4, f32x4.mul(factor, four(codes + i)), <usize>(length - i) * 4);
}

/** to[i] = scales[i] · codes[i]. */
function widenColumns(to: usize, codes: usize, scales: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    const at = <usize>i * 4;
    storeWithin(to + at, f32x4.mul(v128.load(scales + at), four(codes + i)), <usize>(length - i) * 4);
  }
}

/** Four integers as floats. */
@inline
function four(codes: usize): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(codes))));
}

@inline
function low(codes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(codes));
}

@inline
function high(codes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(codes));
}

/** out += scales · (one row x · codes [inner × columns]), for columns a multiple of 8 and inner of 4. sums: [columns]. */
function addRowTimesColumns(out: usize, x: usize, codes: usize, scales: usize, sums: usize, inner: i32, columns: i32): void {
  const row = <usize>columns;
  memory.fill(sums, 0, row << 2);
  for (let k = 0; k < inner; k += 4) {
    addFour(sums, x, codes, row);
    x += 16, codes += 4 * row;
  }
  for (let c: usize = 0; c < row << 2; c += 16) {
    v128.store(out + c, f32x4.add(v128.load(out + c), f32x4.mul(v128.load(scales + c), v128.load(sums + c))));
  }
}

/** sums += four numbers of x · four rows of codes. */
function addFour(sums: usize, x: usize, w0: usize, row: usize): void {
  const s0 = v128.load32_splat(x), s1 = v128.load32_splat(x, 4), s2 = v128.load32_splat(x, 8), s3 = v128.load32_splat(x, 12);
  const w1 = w0 + row, w2 = w1 + row, w3 = w2 + row;
  for (let c: usize = 0; c < row; c += 8) {
    const to = sums + (c << 2);
    let a = v128.load(to), b = v128.load(to, 16);
    let w = v128.load8x8_s(w0 + c);
    a = f32x4.add(a, f32x4.mul(s0, low(w))), b = f32x4.add(b, f32x4.mul(s0, high(w)));
    w = v128.load8x8_s(w1 + c);
    a = f32x4.add(a, f32x4.mul(s1, low(w))), b = f32x4.add(b, f32x4.mul(s1, high(w)));
    w = v128.load8x8_s(w2 + c);
    a = f32x4.add(a, f32x4.mul(s2, low(w))), b = f32x4.add(b, f32x4.mul(s2, high(w)));
    w = v128.load8x8_s(w3 + c);
    a = f32x4.add(a, f32x4.mul(s3, low(w))), b = f32x4.add(b, f32x4.mul(s3, high(w)));
    v128.store(to, a), v128.store(to, b, 16);
  }
}

/** out[c] += scales[c] · (one row x · codes[c, :]), for inner a multiple of 8; four at a time. */
function dotRow(out: usize, x: usize, codes: usize, scales: usize, inner: i32, columns: i32): void {
  const row = <usize>inner;
  for (let c = 0; c < columns; c += 4) {
    const last = <usize>(columns - 1) * row;
    const w0 = codes + <usize>c * row;
    const w1 = codes + min(<usize>(c + 1) * row, last), w2 = codes + min(<usize>(c + 2) * row, last), w3 = codes + min(<usize>(c + 3) * row, last);
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
    for (let i: usize = 0; i < row; i += 8) {
      const from = x + (i << 2);
      const u = v128.load(from), v = v128.load(from, 16);
      let w = v128.load8x8_s(w0 + i);
      a0 = f32x4.add(a0, f32x4.add(f32x4.mul(u, low(w)), f32x4.mul(v, high(w))));
      w = v128.load8x8_s(w1 + i);
      a1 = f32x4.add(a1, f32x4.add(f32x4.mul(u, low(w)), f32x4.mul(v, high(w))));
      w = v128.load8x8_s(w2 + i);
      a2 = f32x4.add(a2, f32x4.add(f32x4.mul(u, low(w)), f32x4.mul(v, high(w))));
      w = v128.load8x8_s(w3 + i);
      a3 = f32x4.add(a3, f32x4.add(f32x4.mul(u, low(w)), f32x4.mul(v, high(w))));
    }
    const at = (<usize>c) << 2;
    const products = f32x4.mul(v128.load(scales + at), sums4(a0, a1, a2, a3));
    addWithin(out + at, products, <usize>(columns - c) * 4);
  }
}
