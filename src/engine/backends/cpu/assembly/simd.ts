/** Sum of the four lanes. */
@inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

// Constants of the functions below. They lie in memory, because a broadcast load is one instruction, and a vector written down in the code is
// three, in every round of a loop: a whole e^x takes 8 ns with the one and 5 ns with the other.

/** Adding this to a number well below 2²² rounds it to a whole one, which then stands, plus 127, in the low bits of the sum. */
const ROUNDING: f32 = 12583039; // 1.5 · 2²³ + 127
/** The range of x, 1 / ln 2, ROUNDING, ln 2 in two parts, and the polynomial from the highest power on. */
const EXP = memory.data<f32>([
  88, -87, 1.44269504088896341, ROUNDING, 0.693359375, -2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
]);
/** √½ as bits, and the bits of a mantissa. */
const LOG_BITS = memory.data<i32>([0x3f3504f3, 0x007fffff]);
/** 1, ln 2 in two parts, ½, and the polynomial. */
const LOG = memory.data<f32>([
  1, 0.693359375, -2.12194440e-4, 0.5,
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
]);
/** Where the polynomial ends, 1, 2, and the polynomial. */
const TANH = memory.data<f32>([
  0.625, 1, 2, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
]);

/** Constant `i` of a table, in all lanes. */
@inline
export function constant(table: usize, i: usize): v128 {
  return v128.load32_splat(table + i * 4);
}

/** One step of Horner's scheme: p · x + the next coefficient. */
@inline
export function horner(p: v128, x: v128, table: usize, i: usize): v128 {
  return f32x4.add(f32x4.mul(p, x), constant(table, i));
}

/**
 * e^x in four lanes, relative error below 2e-7: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial of degree 6 for e^r, and 2^n through
 * the exponent bits (the method and the coefficients of Cephes' expf, Moshier 1992). Clamped where f32 would leave its range.
 */
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, constant(EXP, 0)), constant(EXP, 1));
  const rounded = f32x4.add(f32x4.mul(clamped, constant(EXP, 2)), constant(EXP, 3));
  const n = f32x4.sub(rounded, constant(EXP, 3));
  const r = f32x4.sub(f32x4.sub(clamped, f32x4.mul(n, constant(EXP, 4))), f32x4.mul(n, constant(EXP, 5)));
  let p = horner(constant(EXP, 6), r, EXP, 7);
  p = horner(p, r, EXP, 8);
  p = horner(p, r, EXP, 9);
  p = horner(p, r, EXP, 10);
  p = horner(p, r, EXP, 11);
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), constant(EXP, 12));
  return f32x4.mul(p, i32x4.shl(rounded, 23));
}

/**
 * log x in four lanes for positive normal x, error below 2e-7 (and of that relative size away from 1): the exponent bits, and for the
 * mantissa m in [√½, √2) a polynomial of degree 9 in m − 1 (the method and the coefficients of Cephes' logf, Moshier 1992).
 */
export function log4(x: v128): v128 {
  // Subtracting the bits of √½ first rounds the exponent so that the mantissa falls into [√½, √2).
  const bits = i32x4.sub(x, constant(LOG_BITS, 0));
  const n = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const m = f32x4.sub(i32x4.add(v128.and(bits, constant(LOG_BITS, 1)), constant(LOG_BITS, 0)), constant(LOG, 0));
  let p = horner(constant(LOG, 4), m, LOG, 5);
  p = horner(p, m, LOG, 6);
  p = horner(p, m, LOG, 7);
  p = horner(p, m, LOG, 8);
  p = horner(p, m, LOG, 9);
  p = horner(p, m, LOG, 10);
  p = horner(p, m, LOG, 11);
  p = horner(p, m, LOG, 12);
  const square = f32x4.mul(m, m);
  let small = f32x4.mul(f32x4.mul(p, m), square);
  small = f32x4.add(small, f32x4.mul(n, constant(LOG, 2)));
  small = f32x4.sub(small, f32x4.mul(square, constant(LOG, 3)));
  return f32x4.add(f32x4.add(m, small), f32x4.mul(n, constant(LOG, 1)));
}

export function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

/** 1 / (1 + e⁻ˣ) in four lanes. */
export function sigmoid4(x: v128): v128 {
  const one = constant(EXP, 12);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** tanh x in four lanes, relative error below 3e-7: a polynomial near 0 (Cephes' tanhf, Moshier 1992), else 1 − 2 / (e^2|x| + 1). */
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let p = horner(constant(TANH, 3), square, TANH, 4);
  p = horner(p, square, TANH, 5);
  p = horner(p, square, TANH, 6);
  p = horner(p, square, TANH, 7);
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, square), x), x);
  const power = exp4(f32x4.add(size, size));
  const far = f32x4.sub(constant(TANH, 1), f32x4.div(constant(TANH, 2), f32x4.add(power, constant(TANH, 1))));
  const signed = v128.or(far, v128.xor(x, size));
  return v128.bitselect(near, signed, f32x4.lt(size, constant(TANH, 0)));
}

// Rows are walked 16 bytes at a time. The last step may read up to 12 bytes behind a row (`Arena` sees to it that they exist) and must
// neither count nor write what it finds there.

const ONES_THEN_ZEROS = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0]);

/** All ones in the lanes that begin within the next `left` bytes. */
@inline
export function lanesWithin(left: usize): v128 {
  return v128.load(ONES_THEN_ZEROS + 16 - min<usize>(left, 16));
}

/** Stores the lanes that begin within the next `left` bytes. */
@inline
export function storeWithin(to: usize, v: v128, left: usize): void {
  if (left >= 16) v128.store(to, v);
  else storeTail(to, v, left);
}

function storeTail(to: usize, v: v128, left: usize): void {
  v128.store32_lane(to, v, 0);
  if (left > 4) v128.store32_lane(to, v, 1, 4);
  if (left > 8) v128.store32_lane(to, v, 2, 8);
}

/** to += v, in the lanes that begin within the next `left` bytes. */
@inline
export function addWithin(to: usize, v: v128, left: usize): void {
  storeWithin(to, f32x4.add(v128.load(to), v), left);
}
