import { eight, high, isByte, lifted, low, moved, movedBits, number, stored, upperBits } from "./cells";
import { storeWithin } from "./simd";
import { multiplyAdd } from "./tile";
import { touch } from "./touch";

// Products of few rows, as in decoding. They read every weight once, in the order in which it lies in memory, because that
// is what they wait for; the sums, some kB, stay in the first-level cache. Where weights are halves, x must be so that it `mayBeLifted`.

/** More rows repay packing the weight. */
export const FEW_ROWS: i32 = 8;

/** Four numbers of each row of x, each in all lanes of a vector. */
const FACTORS = memory.data(FEW_ROWS * 4 * 16, 16);

/** out [rows × columns] += x · weight [inner × columns]. */
export function addRows<T>(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>columns) << 2, xRow = (<usize>inner) << 2;
  for (let k = 0; k < inner; k += 4) {
    const left = inner - k;
    let from = x, to = FACTORS;
    for (let r = 0; r < rows; r++) {
      v128.store(to, factor<T>(from, true)), v128.store(to, factor<T>(from + 4, left > 1), 16);
      v128.store(to, factor<T>(from + 8, left > 2), 32), v128.store(to, factor<T>(from + 12, left > 3), 48);
      from += xRow, to += 64;
    }
    touch(weight, min(left, 4) * stored<T>(row));
    addFour<T>(out, weight, row, to, left);
    x += 16, weight += 4 * stored<T>(row);
  }
}

/** Every row of out += four factors · four rows of the weight, or `left` if fewer are left. Weights are made floats once for all rows. */
function addFour<T>(out: usize, w0: usize, row: usize, end: usize, left: i32): void {
  const w1 = rowBehind<T>(w0, row, left > 1), w2 = rowBehind<T>(w1, row, left > 2), w3 = rowBehind<T>(w2, row, left > 3);
  let c: usize = 0;
  for (const bits = upperBits<T>(); c + 32 <= row; c += 32) {
    let w = eight<T>(w0, c);
    const a0 = low<T>(w, w0, c, bits), b0 = high<T>(w, w0, c, bits);
    w = eight<T>(w1, c);
    const a1 = low<T>(w, w1, c, bits), b1 = high<T>(w, w1, c, bits);
    w = eight<T>(w2, c);
    const a2 = low<T>(w, w2, c, bits), b2 = high<T>(w, w2, c, bits);
    w = eight<T>(w3, c);
    const a3 = low<T>(w, w3, c, bits), b3 = high<T>(w, w3, c, bits);
    let to = out + c;
    for (let s = FACTORS; s < end; s += 64) {
      let f = v128.load(s);
      let a = multiplyAdd(f, a0, v128.load(to)), b = multiplyAdd(f, b0, v128.load(to, 16));
      f = v128.load(s, 16);
      a = multiplyAdd(f, a1, a), b = multiplyAdd(f, b1, b);
      f = v128.load(s, 32);
      a = multiplyAdd(f, a2, a), b = multiplyAdd(f, b2, b);
      f = v128.load(s, 48);
      v128.store(to, multiplyAdd(f, a3, a)), v128.store(to, multiplyAdd(f, b3, b), 16);
      to += row;
    }
  }
  for (const bits = movedBits<T>(); c < row; c += 16) {
    const a0 = moved<T>(w0, c, bits), a1 = moved<T>(w1, c, bits), a2 = moved<T>(w2, c, bits), a3 = moved<T>(w3, c, bits);
    let to = out + c;
    for (let s = FACTORS; s < end; s += 64) {
      const near = multiplyAdd(v128.load(s, 16), a1, multiplyAdd(v128.load(s), a0, v128.load(to)));
      storeWithin(to, multiplyAdd(v128.load(s, 48), a3, multiplyAdd(v128.load(s, 32), a2, near)), row - c);
      to += row;
    }
  }
}

/** What stands in for rows and factors behind the end: a row that is there, times zero. */
@inline
function rowBehind<T>(w: usize, row: usize, there: bool): usize {
  return there ? w + stored<T>(row) : w;
}

@inline
function factor<T>(x: usize, there: bool): v128 {
  return there ? lifted<T>(v128.load32_splat(x)) : f32x4.splat(0);
}

/** out [rows × columns] += x · weightᵀ, with weight [columns × inner]. */
export function dotRows<T>(out: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>inner) << 2, outRow = (<usize>columns) << 2;
  for (let c = 0; c < columns; c += 4) {
    const left = columns - c;
    const w0 = weight + <usize>c * stored<T>(row);
    touch(w0, min(left, 4) * stored<T>(row));
    const w1 = rowBehind<T>(w0, row, left > 1), w2 = rowBehind<T>(w1, row, left > 2), w3 = rowBehind<T>(w2, row, left > 3);
    let from = x, to = out + ((<usize>c) << 2), r = 0;
    if (isByte<T>()) for (; r + 6 <= rows; r += 6) {
      dotSix(to, outRow, from, w0, w1, row, left);
      if (left > 2) dotSix(to + 8, outRow, from, w2, w3, row, left - 2);
      from += 6 * row, to += 6 * outRow;
    }
    for (; r + 2 <= rows; r += 2) {
      dotTwo<T>(to, to + outRow, from, from + row, w0, w1, w2, w3, row, left);
      from += 2 * row, to += 2 * outRow;
    }
    if (r < rows) dotOne<T>(to, from, w0, w1, w2, w3, row, left);
  }
}

/** Four dot products of one row of x; of the last four bytes of a row that is not a multiple of 16 bytes nothing else is read. */
function dotOne<T>(to: usize, x: usize, w0: usize, w1: usize, w2: usize, w3: usize, row: usize, left: i32): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  let i: usize = 0;
  if (!isFloat<T>()) for (const bits = upperBits<T>(); i + 32 <= row; i += 32) {
    const u = lifted<T>(v128.load(x + i)), v = lifted<T>(v128.load(x + i, 16));
    a0 = addEight<T>(a0, u, v, w0, i, bits);
    a1 = addEight<T>(a1, u, v, w1, i, bits);
    a2 = addEight<T>(a2, u, v, w2, i, bits);
    a3 = addEight<T>(a3, u, v, w3, i, bits);
  }
  for (const bits = movedBits<T>(); i + 16 <= row; i += 16) {
    const u = lifted<T>(v128.load(x + i));
    a0 = multiplyAdd(u, moved<T>(w0, i, bits), a0);
    a1 = multiplyAdd(u, moved<T>(w1, i, bits), a1);
    a2 = multiplyAdd(u, moved<T>(w2, i, bits), a2);
    a3 = multiplyAdd(u, moved<T>(w3, i, bits), a3);
  }
  for (; i < row; i += 4) {
    const u = v128.load32_zero(x + i);
    a0 = multiplyAdd(u, number<T>(w0, i), a0);
    a1 = multiplyAdd(u, number<T>(w1, i), a1);
    a2 = multiplyAdd(u, number<T>(w2, i), a2);
    a3 = multiplyAdd(u, number<T>(w3, i), a3);
  }
  addSums(to, a0, a1, a2, a3, left);
}

/** sums += eight numbers of x, lifted, times eight of a weight that is no float. */
@inline
function addEight<T>(sums: v128, u: v128, v: v128, row: usize, at: usize, bits: v128): v128 {
  const w = eight<T>(row, at);
  return multiplyAdd(v, high<T>(w, row, at, bits), multiplyAdd(u, low<T>(w, row, at, bits), sums));
}

/** The same of two rows. */
function dotTwo<T>(
  to: usize, next: usize, x: usize, y: usize, w0: usize, w1: usize, w2: usize, w3: usize, row: usize, left: i32,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  let i: usize = 0;
  for (const bits = movedBits<T>(); i + 16 <= row; i += 16) {
    const u = lifted<T>(v128.load(x + i)), v = lifted<T>(v128.load(y + i));
    let w = moved<T>(w0, i, bits);
    a0 = multiplyAdd(u, w, a0), b0 = multiplyAdd(v, w, b0);
    w = moved<T>(w1, i, bits);
    a1 = multiplyAdd(u, w, a1), b1 = multiplyAdd(v, w, b1);
    w = moved<T>(w2, i, bits);
    a2 = multiplyAdd(u, w, a2), b2 = multiplyAdd(v, w, b2);
    w = moved<T>(w3, i, bits);
    a3 = multiplyAdd(u, w, a3), b3 = multiplyAdd(v, w, b3);
  }
  for (; i < row; i += 4) {
    const u = v128.load32_zero(x + i), v = v128.load32_zero(y + i);
    let w = number<T>(w0, i);
    a0 = multiplyAdd(u, w, a0), b0 = multiplyAdd(v, w, b0);
    w = number<T>(w1, i);
    a1 = multiplyAdd(u, w, a1), b1 = multiplyAdd(v, w, b1);
    w = number<T>(w2, i);
    a2 = multiplyAdd(u, w, a2), b2 = multiplyAdd(v, w, b2);
    w = number<T>(w3, i);
    a3 = multiplyAdd(u, w, a3), b3 = multiplyAdd(v, w, b3);
  }
  addSums(to, a0, a1, a2, a3, left);
  addSums(next, b0, b1, b2, b3, left);
}

/**
 * Two dot products of each of six rows: each 8-bit number is made a float once for all of them, and their sums fill the registers. Halves would
 * need some more.
 */
function dotSix(to: usize, outRow: usize, x: usize, w: usize, u: usize, row: usize, left: i32): void {
  const x1 = x + row, x2 = x1 + row, x3 = x2 + row, x4 = x3 + row, x5 = x4 + row;
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
  let i: usize = 0;
  for (const bits = movedBits<i8>(); i + 16 <= row; i += 16) {
    const p = moved<i8>(w, i, bits), q = moved<i8>(u, i, bits);
    let v = v128.load(x + i);
    a0 = multiplyAdd(v, p, a0), b0 = multiplyAdd(v, q, b0);
    v = v128.load(x1 + i);
    a1 = multiplyAdd(v, p, a1), b1 = multiplyAdd(v, q, b1);
    v = v128.load(x2 + i);
    a2 = multiplyAdd(v, p, a2), b2 = multiplyAdd(v, q, b2);
    v = v128.load(x3 + i);
    a3 = multiplyAdd(v, p, a3), b3 = multiplyAdd(v, q, b3);
    v = v128.load(x4 + i);
    a4 = multiplyAdd(v, p, a4), b4 = multiplyAdd(v, q, b4);
    v = v128.load(x5 + i);
    a5 = multiplyAdd(v, p, a5), b5 = multiplyAdd(v, q, b5);
  }
  for (; i < row; i += 4) {
    const p = number<i8>(w, i), q = number<i8>(u, i);
    let v = v128.load32_zero(x + i);
    a0 = multiplyAdd(v, p, a0), b0 = multiplyAdd(v, q, b0);
    v = v128.load32_zero(x1 + i);
    a1 = multiplyAdd(v, p, a1), b1 = multiplyAdd(v, q, b1);
    v = v128.load32_zero(x2 + i);
    a2 = multiplyAdd(v, p, a2), b2 = multiplyAdd(v, q, b2);
    v = v128.load32_zero(x3 + i);
    a3 = multiplyAdd(v, p, a3), b3 = multiplyAdd(v, q, b3);
    v = v128.load32_zero(x4 + i);
    a4 = multiplyAdd(v, p, a4), b4 = multiplyAdd(v, q, b4);
    v = v128.load32_zero(x5 + i);
    a5 = multiplyAdd(v, p, a5), b5 = multiplyAdd(v, q, b5);
  }
  addPairs(to, outRow, a0, b0, a1, b1, left);
  to += 2 * outRow;
  addPairs(to, outRow, a2, b2, a3, b3, left);
  to += 2 * outRow;
  addPairs(to, outRow, a4, b4, a5, b5, left);
}

/** Adds the lane sums of two vectors to two numbers, or to the one that is left, and those of the others to the row below. */
@inline
function addPairs(to: usize, outRow: usize, a: v128, b: v128, c: v128, d: v128, left: i32): void {
  const sums = sums4(a, b, c, d);
  addPair(to, sums, left), addPair(to + outRow, i8x16.shuffle(sums, sums, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7), left);
}

@inline
function addPair(to: usize, sums: v128, left: i32): void {
  store<f32>(to, load<f32>(to) + f32x4.extract_lane(sums, 0));
  if (left > 1) store<f32>(to, load<f32>(to, 4) + f32x4.extract_lane(sums, 1), 4);
}

/** Adds the lane sums of four vectors to four numbers, or to the `left` that are left. */
@inline
function addSums(to: usize, a: v128, b: v128, c: v128, d: v128, left: i32): void {
  storeWithin(to, f32x4.add(v128.load(to), sums4(a, b, c, d)), (<usize>left) << 2);
}

/** The lane sums of four vectors, as one vector (a 4 × 4 transpose and three additions). */
@inline
export function sums4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab0 = i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const ab1 = i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const cd0 = i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
  const cd1 = i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
  const ab = f32x4.add(ab0, ab1);
  const cd = f32x4.add(cd0, cd1);
  const even = i8x16.shuffle(ab, cd, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  const odd = i8x16.shuffle(ab, cd, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  return f32x4.add(even, odd);
}
