import { addWithin, lanesWithin, storeWithin, sumLanes } from "./simd";

// #region layer-norm
/** Layer normalisation of each row: (x − mean) / √(variance + epsilon) · gain + bias. Not centred, it takes 0 for the mean. bias: 0 for none. */
export function layerNorm(
  out: usize, x: usize, gain: usize, bias: usize, rows: i32, width: i32, epsilon: f32, centred: bool,
): void {
  const bytes = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const from = x + <usize>r * bytes;
    const to = out + <usize>r * bytes;
    const mean: f32 = centred ? meanOf(from, bytes, width) : 0;
    const means = f32x4.splat(mean);
    const scales = f32x4.splat(inverseDeviation(from, bytes, width, mean, epsilon));
    for (let i: usize = 0; i < bytes; i += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(from + i), means), scales);
      const scaled = f32x4.mul(normal, v128.load(gain + i));
      storeWithin(to + i, bias ? f32x4.add(scaled, v128.load(bias + i)) : scaled, bytes - i);
    }
  }
}
// #endregion

/**
 * With n the normalised row and e = dy · gain: dx += (e − mean(e) − n · mean(e · n)) / √(variance + epsilon), dgain += dy · n, dbias += dy.
 * dgain and dbias: 0 for none. Not centred: dx += (e − n · mean(e · n)) / √(mean of x² + epsilon).
 */
export function layerNormGradient(
  dx: usize, dgain: usize, dbias: usize, x: usize, gain: usize, dy: usize, rows: i32, width: i32, epsilon: f32, centred: bool,
): void {
  const bytes = (<usize>width) << 2;
  const share: f32 = 1 / <f32>width;
  for (let r = 0; r < rows; r++) {
    const start = <usize>r * bytes;
    const from = x + start;
    const above = dy + start;
    const mean: f32 = centred ? meanOf(from, bytes, width) : 0;
    const means = f32x4.splat(mean);
    const scale = inverseDeviation(from, bytes, width, mean, epsilon);
    const scales = f32x4.splat(scale);

    let sums = f32x4.splat(0);
    let products = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(from + i), means), scales);
      const up = v128.load(above + i);
      const e = v128.and(f32x4.mul(up, v128.load(gain + i)), lanesWithin(bytes - i));
      sums = f32x4.add(sums, e);
      products = f32x4.add(products, v128.and(f32x4.mul(e, normal), lanesWithin(bytes - i)));
      if (dgain) addWithin(dgain + i, f32x4.mul(up, normal), bytes - i);
      if (dbias) addWithin(dbias + i, up, bytes - i);
    }
    const meanE = f32x4.splat(centred ? sumLanes(sums) * share : 0);
    const meanProduct = f32x4.splat(sumLanes(products) * share);

    for (let i: usize = 0; i < bytes; i += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(from + i), means), scales);
      const e = f32x4.mul(v128.load(above + i), v128.load(gain + i));
      const d = f32x4.sub(f32x4.sub(e, meanE), f32x4.mul(normal, meanProduct));
      addWithin(dx + start + i, f32x4.mul(d, scales), bytes - i);
    }
  }
}

function meanOf(row: usize, bytes: usize, width: i32): f32 {
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) sums = f32x4.add(sums, v128.and(v128.load(row + i), lanesWithin(bytes - i)));
  return sumLanes(sums) / <f32>width;
}

// #region deviation
/** 1 / √(variance + epsilon), with the variance of the whole population. */
function inverseDeviation(row: usize, bytes: usize, width: i32, mean: f32, epsilon: f32): f32 {
  const means = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const d = v128.and(f32x4.sub(v128.load(row + i), means), lanesWithin(bytes - i));
    squares = f32x4.add(squares, f32x4.mul(d, d));
  }
  return 1 / sqrt<f32>(sumLanes(squares) / <f32>width + epsilon);
}
// #endregion
