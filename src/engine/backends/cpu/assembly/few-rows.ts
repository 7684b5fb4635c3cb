import { eight, high, lifted, low, moved, movedBits, number, stored, upperBits } from "./cells";
import { storeWithin } from "./simd";

// Products of fewer than eight rows, as in decoding. They read every weight once, in the order in which it lies in memory, because that
// is what they wait for; the sums, some kB, stay in the first-level cache. Where weights are halves, x must be so that it `mayBeLifted`.

/** out [rows × columns] += x · weight [inner × columns]; rows of x are `xRow` bytes apart. */
export function addFewRows<T>(out: usize, x: usize, xRow: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>columns) << 2;
  for (let k = 0; k < inner; k += 4) {
    let r = 0;
    for (; r + 2 <= rows; r += 2) addFourToTwo<T>(out + <usize>r * row, x + <usize>r * xRow, xRow, weight, row, inner - k);
    if (r < rows) addFourToOne<T>(out + <usize>r * row, x + <usize>r * xRow, weight, row, inner - k);
    x += 16, weight += 4 * stored<T>(row);
  }
}

/** One row of out += four numbers of x · four rows of the weight, or `left` if fewer are left. Halves are read eight at a time. */
function addFourToOne<T>(out: usize, x: usize, w0: usize, row: usize, left: i32): void {
  const w1 = rowBehind<T>(w0, row, left > 1), w2 = rowBehind<T>(w1, row, left > 2), w3 = rowBehind<T>(w2, row, left > 3);
  const s0 = factor<T>(x, true), s1 = factor<T>(x + 4, left > 1), s2 = factor<T>(x + 8, left > 2), s3 = factor<T>(x + 12, left > 3);
  let c: usize = 0;
  if (!isFloat<T>()) for (const bits = upperBits(); c + 32 <= row; c += 32) {
    let w = eight(w0, c);
    let a0 = f32x4.mul(s0, low(w, bits)), b0 = f32x4.mul(s0, high(w, bits));
    w = eight(w1, c);
    a0 = f32x4.add(a0, f32x4.mul(s1, low(w, bits))), b0 = f32x4.add(b0, f32x4.mul(s1, high(w, bits)));
    w = eight(w2, c);
    let a1 = f32x4.mul(s2, low(w, bits)), b1 = f32x4.mul(s2, high(w, bits));
    w = eight(w3, c);
    a1 = f32x4.add(a1, f32x4.mul(s3, low(w, bits))), b1 = f32x4.add(b1, f32x4.mul(s3, high(w, bits)));
    const to = out + c;
    v128.store(to, f32x4.add(v128.load(to), f32x4.add(a0, a1)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.add(b0, b1)), 16);
  }
  for (const bits = movedBits<T>(); c < row; c += 16) {
    const near = f32x4.add(f32x4.mul(s0, moved<T>(w0, c, bits)), f32x4.mul(s1, moved<T>(w1, c, bits)));
    const far = f32x4.add(f32x4.mul(s2, moved<T>(w2, c, bits)), f32x4.mul(s3, moved<T>(w3, c, bits)));
    storeWithin(out + c, f32x4.add(v128.load(out + c), f32x4.add(near, far)), row - c);
  }
}

/** The same for two rows. */
function addFourToTwo<T>(out: usize, x: usize, xRow: usize, w0: usize, row: usize, left: i32): void {
  const w1 = rowBehind<T>(w0, row, left > 1), w2 = rowBehind<T>(w1, row, left > 2), w3 = rowBehind<T>(w2, row, left > 3);
  const s0 = factor<T>(x, true), s1 = factor<T>(x + 4, left > 1), s2 = factor<T>(x + 8, left > 2), s3 = factor<T>(x + 12, left > 3);
  x += xRow;
  const t0 = factor<T>(x, true), t1 = factor<T>(x + 4, left > 1), t2 = factor<T>(x + 8, left > 2), t3 = factor<T>(x + 12, left > 3);
  const next = out + row, bits = movedBits<T>();
  for (let c: usize = 0; c < row; c += 16) {
    let w = moved<T>(w0, c, bits);
    let a = f32x4.add(v128.load(out + c), f32x4.mul(s0, w)), b = f32x4.add(v128.load(next + c), f32x4.mul(t0, w));
    w = moved<T>(w1, c, bits);
    a = f32x4.add(a, f32x4.mul(s1, w)), b = f32x4.add(b, f32x4.mul(t1, w));
    w = moved<T>(w2, c, bits);
    a = f32x4.add(a, f32x4.mul(s2, w)), b = f32x4.add(b, f32x4.mul(t2, w));
    w = moved<T>(w3, c, bits);
    a = f32x4.add(a, f32x4.mul(s3, w)), b = f32x4.add(b, f32x4.mul(t3, w));
    storeWithin(out + c, a, row - c);
    storeWithin(next + c, b, row - c);
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

/** out [rows × columns] += x · weightᵀ, with weight [columns × inner]; rows of out are `outRow` bytes apart. */
export function dotFewRows<T>(out: usize, outRow: usize, x: usize, weight: usize, rows: i32, inner: i32, columns: i32): void {
  const row = (<usize>inner) << 2;
  for (let c = 0; c < columns; c += 4) {
    const left = columns - c;
    const w0 = weight + <usize>c * stored<T>(row);
    const w1 = rowBehind<T>(w0, row, left > 1), w2 = rowBehind<T>(w1, row, left > 2), w3 = rowBehind<T>(w2, row, left > 3);
    let from = x, to = out + ((<usize>c) << 2), r = 0;
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
  if (!isFloat<T>()) for (const bits = upperBits(); i + 32 <= row; i += 32) {
    const u = lifted<T>(v128.load(x + i)), v = lifted<T>(v128.load(x + i, 16));
    a0 = addEight(a0, u, v, eight(w0, i), bits);
    a1 = addEight(a1, u, v, eight(w1, i), bits);
    a2 = addEight(a2, u, v, eight(w2, i), bits);
    a3 = addEight(a3, u, v, eight(w3, i), bits);
  }
  for (const bits = movedBits<T>(); i + 16 <= row; i += 16) {
    const u = lifted<T>(v128.load(x + i));
    a0 = f32x4.add(a0, f32x4.mul(u, moved<T>(w0, i, bits)));
    a1 = f32x4.add(a1, f32x4.mul(u, moved<T>(w1, i, bits)));
    a2 = f32x4.add(a2, f32x4.mul(u, moved<T>(w2, i, bits)));
    a3 = f32x4.add(a3, f32x4.mul(u, moved<T>(w3, i, bits)));
  }
  for (; i < row; i += 4) {
    const u = v128.load32_zero(x + i);
    a0 = f32x4.add(a0, f32x4.mul(u, number<T>(w0, i)));
    a1 = f32x4.add(a1, f32x4.mul(u, number<T>(w1, i)));
    a2 = f32x4.add(a2, f32x4.mul(u, number<T>(w2, i)));
    a3 = f32x4.add(a3, f32x4.mul(u, number<T>(w3, i)));
  }
  addSums(to, a0, a1, a2, a3, left);
}

/** sums += eight numbers of x, lifted, times eight halves of a weight. */
@inline
function addEight(sums: v128, u: v128, v: v128, w: v128, bits: v128): v128 {
  return f32x4.add(f32x4.add(sums, f32x4.mul(u, low(w, bits))), f32x4.mul(v, high(w, bits)));
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
    a0 = f32x4.add(a0, f32x4.mul(u, w)), b0 = f32x4.add(b0, f32x4.mul(v, w));
    w = moved<T>(w1, i, bits);
    a1 = f32x4.add(a1, f32x4.mul(u, w)), b1 = f32x4.add(b1, f32x4.mul(v, w));
    w = moved<T>(w2, i, bits);
    a2 = f32x4.add(a2, f32x4.mul(u, w)), b2 = f32x4.add(b2, f32x4.mul(v, w));
    w = moved<T>(w3, i, bits);
    a3 = f32x4.add(a3, f32x4.mul(u, w)), b3 = f32x4.add(b3, f32x4.mul(v, w));
  }
  for (; i < row; i += 4) {
    const u = v128.load32_zero(x + i), v = v128.load32_zero(y + i);
    let w = number<T>(w0, i);
    a0 = f32x4.add(a0, f32x4.mul(u, w)), b0 = f32x4.add(b0, f32x4.mul(v, w));
    w = number<T>(w1, i);
    a1 = f32x4.add(a1, f32x4.mul(u, w)), b1 = f32x4.add(b1, f32x4.mul(v, w));
    w = number<T>(w2, i);
    a2 = f32x4.add(a2, f32x4.mul(u, w)), b2 = f32x4.add(b2, f32x4.mul(v, w));
    w = number<T>(w3, i);
    a3 = f32x4.add(a3, f32x4.mul(u, w)), b3 = f32x4.add(b3, f32x4.mul(v, w));
  }
  addSums(to, a0, a1, a2, a3, left);
  addSums(next, b0, b1, b2, b3, left);
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
