/** Sum of the four lanes. */
@inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * e^x in four lanes, relative error below 2e-7: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial of degree 6 for e^r, and 2^n through
 * the exponent bits (the method and the coefficients of Cephes' expf, Moshier 1992). Clamped where f32 would leave its range.
 */
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.max(f32x4.min(x, f32x4.splat(88)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, exponent);
}

/** e^x for one number, by the same arithmetic, so that a tail of a row gives the same bits as its vector part. */
@inline
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/**
 * log x in four lanes for positive normal x, error below 2e-7 (and of that relative size away from 1): the exponent bits, and for the
 * mantissa m in [√½, √2) a polynomial of degree 9 in m − 1 (the method and the coefficients of Cephes' logf, Moshier 1992).
 */
export function log4(x: v128): v128 {
  // Subtracting the bits of √½ first rounds the exponent so that the mantissa falls into [√½, √2).
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const n = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const m = f32x4.sub(i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3)), f32x4.splat(1));
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1));
  const square = f32x4.mul(m, m);
  let small = f32x4.mul(f32x4.mul(p, m), square);
  small = f32x4.add(small, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  small = f32x4.sub(small, f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(m, small), f32x4.mul(n, f32x4.splat(0.693359375)));
}

export function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

/** 1 / (1 + e⁻ˣ) in four lanes. */
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/** tanh x in four lanes, relative error below 3e-7: a polynomial near 0 (Cephes' tanhf, Moshier 1992), else 1 − 2 / (e^2|x| + 1). */
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, square), x), x);
  const power = exp4(f32x4.add(size, size));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(power, f32x4.splat(1))));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

// Rows are walked 16 bytes at a time. The last step may read up to 12 bytes behind a row (`Arena` sees to it that they exist) and must
// neither count nor write what it finds there.

/** All ones in the lanes that begin within the next `left` bytes. */
@inline
export function lanesWithin(left: usize): v128 {
  return i32x4.lt_s(i32x4(0, 4, 8, 12), i32x4.splat(<i32>left));
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
