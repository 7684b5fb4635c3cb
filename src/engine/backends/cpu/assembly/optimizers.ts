import { lanesWithin, storeWithin } from "./simd";

/** Lanes are summed in f32 over this many bytes, and these sums in f64: millions of squares lose nothing that shows. */
const BLOCK_BYTES: usize = 4096;

/** total[0] += Σ x². */
export function addSquares(total: usize, x: usize, length: i32): void {
  const bytes = (<usize>length) << 2;
  let sum: f64 = <f64>load<f32>(total);
  for (let start: usize = 0; start < bytes; start += BLOCK_BYTES) {
    const end = min(start + BLOCK_BYTES, bytes);
    let squares = f32x4.splat(0);
    for (let i = start; i < end; i += 16) {
      const v = v128.and(v128.load(x + i), lanesWithin(end - i));
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    sum += <f64>f32x4.extract_lane(squares, 0) + <f64>f32x4.extract_lane(squares, 1);
    sum += <f64>f32x4.extract_lane(squares, 2) + <f64>f32x4.extract_lane(squares, 3);
  }
  store<f32>(total, <f32>sum);
}

/** By how much gradients are scaled so that their norm, the root of `squares[0]`, is at most `maxNorm`. */
@inline
function clipScale(squares: usize, maxNorm: f32): f32 {
  return min<f32>(1, maxNorm / sqrt<f32>(load<f32>(squares)));
}

/** g = clipped gradient + weightDecay · parameter; velocity = momentum · velocity + g; parameter −= learningRate · velocity. */
export function sgd(
  parameter: usize, gradient: usize, velocity: usize, squares: usize, length: i32,
  learningRate: f32, momentum: f32, weightDecay: f32, maxNorm: f32,
): void {
  const bytes = (<usize>length) << 2;
  const scale = f32x4.splat(clipScale(squares, maxNorm));
  for (let i: usize = 0; i < bytes; i += 16) {
    const p = v128.load(parameter + i);
    const g = f32x4.add(f32x4.mul(v128.load(gradient + i), scale), f32x4.mul(p, f32x4.splat(weightDecay)));
    const v = f32x4.add(f32x4.mul(v128.load(velocity + i), f32x4.splat(momentum)), g);
    storeWithin(velocity + i, v, bytes - i);
    storeWithin(parameter + i, f32x4.sub(p, f32x4.mul(v, f32x4.splat(learningRate))), bytes - i);
  }
}

/**
 * m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g²; parameter = keep · parameter − stepSize · m / (√v · rootScale + epsilon), where the
 * caller has put the decay into `keep` and the bias corrections into `stepSize` and `rootScale`.
 */
export function adamW(
  parameter: usize, gradient: usize, firstMoment: usize, secondMoment: usize, squares: usize, length: i32,
  keep: f32, stepSize: f32, rootScale: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, maxNorm: f32,
): void {
  const bytes = (<usize>length) << 2;
  const scale = f32x4.splat(clipScale(squares, maxNorm));
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = f32x4.mul(v128.load(gradient + i), scale);
    const m = f32x4.add(f32x4.mul(v128.load(firstMoment + i), f32x4.splat(beta1)), f32x4.mul(g, f32x4.splat(rest1)));
    const v = f32x4.add(f32x4.mul(v128.load(secondMoment + i), f32x4.splat(beta2)), f32x4.mul(f32x4.mul(g, g), f32x4.splat(rest2)));
    const divisor = f32x4.add(f32x4.mul(f32x4.sqrt(v), f32x4.splat(rootScale)), f32x4.splat(epsilon));
    const kept = f32x4.mul(v128.load(parameter + i), f32x4.splat(keep));
    storeWithin(firstMoment + i, m, bytes - i);
    storeWithin(secondMoment + i, v, bytes - i);
    storeWithin(parameter + i, f32x4.sub(kept, f32x4.mul(f32x4.div(m, divisor), f32x4.splat(stepSize))), bytes - i);
  }
}
