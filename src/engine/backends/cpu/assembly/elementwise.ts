import { addWithin, constant, exp4, horner, log4, sigmoid4, storeWithin, tanh4 } from "./simd";

// Numbers of the functions: as in `../cpu.ts`.
const AFFINE: i32 = 0;
const CLAMP: i32 = 1;
const EXP: i32 = 2;
const GELU: i32 = 3;
const GELU_TANH: i32 = 4;
const LOG_SIGMOID: i32 = 5;
const RELU: i32 = 6;
const SILU: i32 = 7;
const SQUARE: i32 = 8;

const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;

/** out[i] = f(x[i]). The switch is taken once for four numbers, always to the same side: it costs next to nothing. */
export function map(f: i32, out: usize, x: usize, length: i32, p: f32, q: f32): void {
  const bytes = (<usize>length) << 2;
  for (let i: usize = 0; i < bytes; i += 16) storeWithin(out + i, value(f, v128.load(x + i), f32x4.splat(p), f32x4.splat(q)), bytes - i);
}

/** dx[i] += f′(x[i]) · dy[i]. */
export function mapGradient(f: i32, dx: usize, x: usize, dy: usize, length: i32, p: f32, q: f32): void {
  const bytes = (<usize>length) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const d = slope(f, v128.load(x + i), f32x4.splat(p), f32x4.splat(q));
    addWithin(dx + i, f32x4.mul(d, v128.load(dy + i)), bytes - i);
  }
}

/** out[i] = f(a[i], b[i]). */
export function combine(f: i32, out: usize, a: usize, b: usize, length: i32): void {
  const bytes = (<usize>length) << 2;
  for (let i: usize = 0; i < bytes; i += 16) storeWithin(out + i, valueOfTwo(f, v128.load(a + i), v128.load(b + i)), bytes - i);
}

/** d[i] += ∂f(a[i], b[i])/∂a · dy[i], where a is the operand asked for and b the other; `second`: it stands on the right in f. */
export function combineGradient(f: i32, second: bool, d: usize, a: usize, b: usize, dy: usize, length: i32): void {
  const bytes = (<usize>length) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const s = slopeOfTwo(f, second, v128.load(a + i), v128.load(b + i));
    addWithin(d + i, f32x4.mul(s, v128.load(dy + i)), bytes - i);
  }
}

@inline
function value(f: i32, x: v128, p: v128, q: v128): v128 {
  switch (f) {
    case AFFINE: return f32x4.add(f32x4.mul(p, x), q);
    case CLAMP: return f32x4.min(f32x4.max(x, p), q);
    case EXP: return exp4(x);
    case GELU: return f32x4.mul(x, normalBelow(x, normalDensity(x)));
    case GELU_TANH: return f32x4.mul(x, sigmoid4(geluGate(x)));
    // Both terms are at most 0: nothing cancels.
    case LOG_SIGMOID: return f32x4.sub(f32x4.min(x, f32x4.splat(0)), log4(f32x4.add(f32x4.splat(1), exp4(f32x4.neg(f32x4.abs(x))))));
    case RELU: return f32x4.max(x, f32x4.splat(0));
    case SILU: return f32x4.mul(x, sigmoid4(x));
    case SQUARE: return f32x4.mul(x, x);
    default: return tanh4(x);
  }
}

@inline
function slope(f: i32, x: v128, p: v128, q: v128): v128 {
  const one = f32x4.splat(1);
  switch (f) {
    case AFFINE: return p;
    case CLAMP: return v128.and(one, v128.and(f32x4.ge(x, p), f32x4.le(x, q)));
    case EXP: return exp4(x);
    case GELU: {
      const density = normalDensity(x);
      return f32x4.add(normalBelow(x, density), f32x4.mul(x, density));
    }
    case GELU_TANH: return gatedSlope(x, geluGate(x), geluGateSlope(x));
    case LOG_SIGMOID: return sigmoid4(f32x4.neg(x));
    case RELU: return v128.and(one, f32x4.gt(x, f32x4.splat(0)));
    case SILU: return gatedSlope(x, x, one);
    case SQUARE: return f32x4.add(x, x);
    default: {
      const t = tanh4(x);
      return f32x4.sub(one, f32x4.mul(t, t));
    }
  }
}

@inline
function valueOfTwo(f: i32, a: v128, b: v128): v128 {
  switch (f) {
    case ADD: return f32x4.add(a, b);
    case SUBTRACT: return f32x4.sub(a, b);
    case MULTIPLY: return f32x4.mul(a, b);
    default: return f32x4.min(a, b);
  }
}

/** By a. */
@inline
function slopeOfTwo(f: i32, second: bool, a: v128, b: v128): v128 {
  const one = f32x4.splat(1);
  switch (f) {
    case ADD: return one;
    case SUBTRACT: return second ? f32x4.splat(-1) : one;
    case MULTIPLY: return b;
    default: return share(f32x4.lt(a, b), f32x4.eq(a, b));
  }
}

/** 1 where `wins`, ½ where `ties`, else 0. */
@inline
function share(wins: v128, ties: v128): v128 {
  return v128.or(v128.and(wins, f32x4.splat(1)), v128.and(ties, f32x4.splat(0.5)));
}

// gelu, tanh form: 0.5·x·(1 + tanh(u)) = x·sigmoid(2u), u = √(2/π)·(x + 0.044715·x³): no cancellation for negative x.
/** 0.044715 and three times that, 2·√(2/π), 1. */
const GATE = memory.data<f32>([0.044715, 0.134145, 1.5957691216057308, 1]);

/** 2u. */
@inline
function geluGate(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(x, x), x);
  return f32x4.mul(f32x4.add(x, f32x4.mul(cube, constant(GATE, 0))), constant(GATE, 2));
}

/** d(2u)/dx. */
@inline
function geluGateSlope(x: v128): v128 {
  const squares = f32x4.mul(f32x4.mul(x, x), constant(GATE, 1));
  return f32x4.mul(f32x4.add(constant(GATE, 3), squares), constant(GATE, 2));
}

/** The derivative of x · sigmoid(u), from u and du/dx. */
@inline
function gatedSlope(x: v128, u: v128, uSlope: v128): v128 {
  const one = f32x4.splat(1);
  // 1 − s = e · s for s = 1 / (1 + e): no cancellation for positive x either.
  const e = exp4(f32x4.neg(u));
  const gate = f32x4.div(one, f32x4.add(one, e));
  return f32x4.add(gate, f32x4.mul(x, f32x4.mul(f32x4.mul(f32x4.mul(gate, e), gate), uSlope)));
}

/** −½, 1/√(2π), 1, and the coefficients of the tail. */
const NORMAL = memory.data<f32>([
  -0.5, 0.3989422804014327, 1, 0.2316419, 1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530,
]);

/** The density of the normal distribution, e^(−x²/2) / √(2π). */
function normalDensity(x: v128): v128 {
  return f32x4.mul(exp4(f32x4.mul(f32x4.mul(x, x), constant(NORMAL, 0))), constant(NORMAL, 1));
}

/**
 * Φ(x) = ½ erfc(−x/√2), error below 1.5e-7, from the density at x. Of Abramowitz & Stegun 1964 the formula 26.2.17, which gives the tail
 * behind |x|: so Φ of negative numbers keeps its digits.
 */
function normalBelow(x: v128, density: v128): v128 {
  const one = constant(NORMAL, 2);
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.abs(x), constant(NORMAL, 3))));
  let p = horner(constant(NORMAL, 4), t, NORMAL, 5);
  p = horner(p, t, NORMAL, 6);
  p = horner(p, t, NORMAL, 7);
  p = horner(p, t, NORMAL, 8);
  const tail = f32x4.mul(f32x4.mul(p, t), density);
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}
