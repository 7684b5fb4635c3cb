import { exp1, exp4, sumLanes } from "./simd";

/** out[i] = source[i]. */
export function copy(out: usize, source: usize, length: i32): void {
  memory.copy(out, source, (<usize>length) << 2);
}

/** out[r, :] = (accumulate ? out[r, :] : 0) + table[indices[r], :]. */
export function gather(out: usize, table: usize, indices: usize, rows: i32, width: i32, accumulate: bool): void {
  const rowBytes = (<usize>width) << 2;
  for (let r = 0; r < rows; r++) {
    const from = table + <usize>load<i32>(indices + ((<usize>r) << 2)) * rowBytes;
    const to = out + <usize>r * rowBytes;
    if (!accumulate) {
      memory.copy(to, from, rowBytes);
      continue;
    }
    let i: usize = 0;
    for (; i + 16 <= rowBytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
    for (; i < rowBytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i));
  }
}

/** Layer normalisation of each row: (x − mean) / √(variance + epsilon) · gain + bias. */
export function layerNorm(out: usize, x: usize, gain: usize, bias: usize, rows: i32, width: i32, epsilon: f32): void {
  const rowBytes = (<usize>width) << 2;
  const vectorBytes = rowBytes & ~15;
  for (let r = 0; r < rows; r++) {
    const from = x + <usize>r * rowBytes;
    const to = out + <usize>r * rowBytes;
    let i: usize = 0;
    let sums = f32x4.splat(0);
    for (; i < vectorBytes; i += 16) sums = f32x4.add(sums, v128.load(from + i));
    let sum = sumLanes(sums);
    for (; i < rowBytes; i += 4) sum += load<f32>(from + i);
    const mean = sum / <f32>width;
    const means = f32x4.splat(mean);

    i = 0;
    let squares = f32x4.splat(0);
    for (; i < vectorBytes; i += 16) {
      const d = f32x4.sub(v128.load(from + i), means);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    let square = sumLanes(squares);
    for (; i < rowBytes; i += 4) {
      const d = load<f32>(from + i) - mean;
      square += d * d;
    }
    const scale: f32 = 1 / sqrt<f32>(square / <f32>width + epsilon);
    const scales = f32x4.splat(scale);

    i = 0;
    for (; i < vectorBytes; i += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(from + i), means), scales);
      v128.store(to + i, f32x4.add(f32x4.mul(normal, v128.load(gain + i)), v128.load(bias + i)));
    }
    for (; i < rowBytes; i += 4) {
      store<f32>(to + i, (load<f32>(from + i) - mean) * scale * load<f32>(gain + i) + load<f32>(bias + i));
    }
  }
}

// 0.5·x·(1 + tanh(u)) = x / (1 + e^(−2u)), u = √(2/π)·(x + 0.044715·x³): no cancellation for negative x.
const MINUS_2_SQRT_2_OVER_PI: f32 = -1.5957691216057308;

/** GELU, tanh form. */
export function gelu(out: usize, x: usize, length: i32): void {
  const bytes = (<usize>length) << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const v = v128.load(x + i);
    const cube = f32x4.mul(f32x4.mul(v, v), v);
    const u = f32x4.mul(f32x4.add(v, f32x4.mul(cube, f32x4.splat(0.044715))), f32x4.splat(MINUS_2_SQRT_2_OVER_PI));
    v128.store(out + i, f32x4.div(v, f32x4.add(f32x4.splat(1), exp4(u))));
  }
  for (; i < bytes; i += 4) {
    const v = load<f32>(x + i);
    const u: f32 = (v + v * v * v * <f32>0.044715) * MINUS_2_SQRT_2_OVER_PI;
    store<f32>(out + i, v / (1 + exp1(u)));
  }
}
