import { addProduct } from "./product";
import { addRow } from "./rows";
import { lanesWithin, storeWithin, sumLanes } from "./simd";
import { softmax } from "./softmax";

// #region attention
/** Attention of whole sequences (see `Backend.batchAttention`). */
export function batchAttention(
  out: usize, pattern: usize, q: usize, k: usize, v: usize, lengths: usize,
  batch: i32, queries: i32, keys: i32, heads: i32, headWidth: i32, scale: f32, causal: bool, biased: bool,
): void {
  const headBytes = (<usize>headWidth) << 2;
  const row = <usize>heads * headBytes;
  const patternRow = (<usize>keys) << 2;
  memory.fill(out, 0, <usize>(batch * queries) * row);
  if (!biased) memory.fill(pattern, 0, <usize>(batch * heads * queries) * patternRow);
  for (let b = 0; b < batch; b++) {
    const length = load<i32>(lengths + ((<usize>b) << 2));
    for (let h = 0; h < heads; h++) {
      const head = <usize>h * headBytes;
      const fromQueries = <usize>(b * queries) * row + head;
      const fromKeys = <usize>(b * keys) * row + head;
      addProduct<f32>(pattern, patternRow, q + fromQueries, row, 4, k + fromKeys, 4, row, queries, headWidth, keys);
      for (let i = 0; i < queries; i++) {
        const weights = pattern + <usize>i * patternRow;
        const seen = causal ? min(length, i + 1) : length;
        if (seen > 0) softmax(weights, seen, scale);
        memory.fill(weights + ((<usize>seen) << 2), 0, <usize>(keys - seen) << 2);
      }
      addProduct<f32>(out + fromQueries, row, pattern, patternRow, 4, v + fromKeys, row, 4, queries, keys, headWidth);
      pattern += <usize>queries * patternRow;
    }
  }
}
// #endregion

/**
 * With P the pattern and dP = dy · vᵀ: dv += Pᵀ · dy, and through the softmax dS = scale · P ∘ (dP − Σⱼ P dP), dq += dS · k,
 * dk += dSᵀ · q. `scratch` [queries × keys] holds dP and dS of one head. dbias, 0 for none, += dS; the scale is 1 then.
 */
export function batchAttentionGradient(
  dq: usize, dk: usize, dv: usize, q: usize, k: usize, v: usize, pattern: usize, dy: usize, dbias: usize, scratch: usize,
  batch: i32, queries: i32, keys: i32, heads: i32, headWidth: i32, scale: f32,
): void {
  const headBytes = (<usize>headWidth) << 2;
  const row = <usize>heads * headBytes;
  const patternRow = (<usize>keys) << 2;
  const scales = f32x4.splat(scale);
  const headPattern = <usize>queries * patternRow;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const head = <usize>h * headBytes;
      const atQueries = <usize>(b * queries) * row + head;
      const atKeys = <usize>(b * keys) * row + head;
      addProduct<f32>(dv + atKeys, row, pattern, 4, patternRow, dy + atQueries, row, 4, keys, queries, headWidth);
      memory.fill(scratch, 0, headPattern);
      addProduct<f32>(scratch, patternRow, dy + atQueries, row, 4, v + atKeys, 4, row, queries, headWidth, keys);
      for (let i = 0; i < queries; i++) softmaxGradient(scratch + <usize>i * patternRow, pattern + <usize>i * patternRow, patternRow, scales);
      if (dbias) addRow(dbias + <usize>h * headPattern, scratch, headPattern);
      addProduct<f32>(dq + atQueries, row, scratch, patternRow, 4, k + atKeys, row, 4, queries, keys, headWidth);
      addProduct<f32>(dk + atKeys, row, scratch, 4, patternRow, q + atQueries, row, 4, keys, queries, headWidth);
      pattern += headPattern;
    }
  }
}

/** d = scale · p ∘ (d − Σ p d), in place. */
function softmaxGradient(d: usize, p: usize, bytes: usize, scale: v128): void {
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    sums = f32x4.add(sums, v128.and(f32x4.mul(v128.load(p + i), v128.load(d + i)), lanesWithin(bytes - i)));
  }
  const mean = f32x4.splat(sumLanes(sums));
  for (let i: usize = 0; i < bytes; i += 16) {
    const change = f32x4.mul(v128.load(p + i), f32x4.sub(v128.load(d + i), mean));
    storeWithin(d + i, f32x4.mul(change, scale), bytes - i);
  }
}
