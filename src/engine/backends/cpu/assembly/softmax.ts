import { addWithin, exp4, lanesWithin, log1, storeWithin, sumLanes } from "./simd";

// A softmax is e^(x − top) / Σ e^(x − top): with the largest number taken off first, nothing overflows.

// #region softmax
/** row = softmax(scale · row), in place. */
export function softmax(row: usize, length: i32, scale: f32): void {
  const bytes = (<usize>length) << 2;
  const scales = f32x4.splat(scale);
  const top = maximum(row, bytes);
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const e = exp4(f32x4.mul(f32x4.sub(v128.load(row + i), top), scales));
    storeWithin(row + i, e, bytes - i);
    sums = f32x4.add(sums, v128.and(e, lanesWithin(bytes - i)));
  }
  const share = f32x4.splat(1 / sumLanes(sums));
  for (let i: usize = 0; i < bytes; i += 16) storeWithin(row + i, f32x4.mul(v128.load(row + i), share), bytes - i);
}
// #endregion

/** out[r] = −log softmax(logits[r, :])[targets[r]], 0 where the target is negative. */
export function crossEntropy(out: usize, logits: usize, targets: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const row = logits + <usize>r * bytes;
    const target = load<i32>(targets + ((<usize>r) << 2));
    let loss: f32 = 0;
    if (target >= 0) {
      const top = maximum(row, bytes);
      // The difference first: log of the sum is small, and the logits may be large.
      loss = log1(sumOfPowers(row, bytes, top)) + (f32x4.extract_lane(top, 0) - load<f32>(row + ((<usize>target) << 2)));
    }
    store<f32>(out + ((<usize>r) << 2), loss);
  }
}

/** dlogits[r, :] += dy[r] · (softmax(logits[r, :]) − one-hot(targets[r])), nothing where the target is negative. */
export function crossEntropyGradient(dlogits: usize, logits: usize, targets: usize, dy: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const target = load<i32>(targets + ((<usize>r) << 2));
    if (target < 0) continue;
    const row = logits + <usize>r * bytes;
    const d = dlogits + <usize>r * bytes;
    const above = load<f32>(dy + ((<usize>r) << 2));
    const top = maximum(row, bytes);
    const factor = f32x4.splat(above / sumOfPowers(row, bytes, top));
    for (let i: usize = 0; i < bytes; i += 16) {
      addWithin(d + i, f32x4.mul(exp4(f32x4.sub(v128.load(row + i), top)), factor), bytes - i);
    }
    const hit = d + ((<usize>target) << 2);
    store<f32>(hit, load<f32>(hit) - above);
  }
}

/** out[r] = −Σ p log p, p = softmax(logits[r, :]). */
export function entropy(out: usize, logits: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const row = logits + <usize>r * bytes;
    const top = maximum(row, bytes);
    const sum = sumOfPowers(row, bytes, top);
    store<f32>(out + ((<usize>r) << 2), entropyOf(row, bytes, top, sum));
  }
}

/** dlogits[r, c] −= dy[r] · p (log p + entropy). */
export function entropyGradient(dlogits: usize, logits: usize, dy: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  for (let r = 0; r < rows; r++) {
    const row = logits + <usize>r * bytes;
    const d = dlogits + <usize>r * bytes;
    const top = maximum(row, bytes);
    const sum = sumOfPowers(row, bytes, top);
    const factor = f32x4.splat(-load<f32>(dy + ((<usize>r) << 2)) / sum);
    // log p + entropy = (x − top) − log Σ + entropy.
    const offset = f32x4.splat(entropyOf(row, bytes, top, sum) - log1(sum));
    for (let i: usize = 0; i < bytes; i += 16) {
      const u = f32x4.sub(v128.load(row + i), top);
      addWithin(d + i, f32x4.mul(f32x4.mul(exp4(u), f32x4.add(u, offset)), factor), bytes - i);
    }
  }
}

/** The largest number of a row, in all lanes. */
function maximum(row: usize, bytes: usize): v128 {
  let tops = f32x4.splat(-Infinity);
  for (let i: usize = 0; i < bytes; i += 16) {
    tops = f32x4.pmax(tops, v128.bitselect(v128.load(row + i), f32x4.splat(-Infinity), lanesWithin(bytes - i)));
  }
  tops = f32x4.pmax(tops, i8x16.shuffle(tops, tops, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.pmax(tops, i8x16.shuffle(tops, tops, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
}

/** Σ e^(x − top). */
function sumOfPowers(row: usize, bytes: usize, top: v128): f32 {
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    sums = f32x4.add(sums, v128.and(exp4(f32x4.sub(v128.load(row + i), top)), lanesWithin(bytes - i)));
  }
  return sumLanes(sums);
}

/** −Σ p log p = log Σ − Σ e^u · u / Σ, with u = x − top and Σ = Σ e^u. */
function entropyOf(row: usize, bytes: usize, top: v128, sum: f32): f32 {
  let products = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const u = f32x4.sub(v128.load(row + i), top);
    products = f32x4.add(products, v128.and(f32x4.mul(exp4(u), u), lanesWithin(bytes - i)));
  }
  return log1(sum) - sumLanes(products) / sum;
}
