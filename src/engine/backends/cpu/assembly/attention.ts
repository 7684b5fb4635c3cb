import { sums4 } from "./few-rows";
import { addWithin, sumLanes } from "./simd";
import { softmax } from "./softmax";

/** keys[slots[t], :], values[slots[t], :] = the k and v parts of qkv[t, :] = [q | k | v]. */
export function storeKeyValues(keys: usize, values: usize, qkv: usize, slots: usize, tokens: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let t = 0; t < tokens; t++) {
    const slot = <usize>load<i32>(slots + ((<usize>t) << 2)) * bytes;
    const from = qkv + <usize>t * 3 * bytes;
    memory.copy(keys + slot, from + bytes, bytes);
    memory.copy(values + slot, from + 2 * bytes, bytes);
  }
}

/** Attention of every token over its own path (see `Backend.attention`); `queryStride` is counted in numbers. */
export function attention(
  out: usize, pattern: usize, qkv: usize, keys: usize, values: usize, paths: usize, spans: usize,
  tokens: i32, heads: i32, headWidth: i32, pathStride: i32, scale: f32, queryStride: i32, biased: bool,
): void {
  const headBytes = (<usize>headWidth) << 2;
  const width = <usize>heads * headBytes;
  for (let t = 0; t < tokens; t++) {
    const span = load<i32>(spans + ((<usize>t) << 2));
    const path = paths + ((<usize>t * <usize>pathStride) << 2);
    for (let h = 0; h < heads; h++) {
      const head = <usize>h * headBytes;
      const row = pattern + (((<usize>t * <usize>heads + <usize>h) * <usize>pathStride) << 2);
      const query = qkv + ((<usize>t * <usize>queryStride) << 2) + head;
      scores(row, query, keys + head, path, span, headBytes, width, biased);
      softmax(row, span, scale);
      mix(out + <usize>t * width + head, row, values + head, path, span, headBytes, width);
    }
  }
}

/** row[i] = query · keys[path[i]], or that added to it: four keys at a time, whose sums do not wait for one another. */
function scores(
  row: usize, query: usize, keys: usize, path: usize, span: i32, headBytes: usize, width: usize, biased: bool,
): void {
  const vectorBytes = headBytes & ~15;
  let i = 0;
  for (; i + 4 <= span; i += 4) {
    const at = path + ((<usize>i) << 2);
    const k0 = slot(keys, at, width), k1 = slot(keys, at + 4, width), k2 = slot(keys, at + 8, width), k3 = slot(keys, at + 12, width);
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
    let j: usize = 0;
    for (; j < vectorBytes; j += 16) {
      const q = v128.load(query + j);
      a0 = f32x4.add(a0, f32x4.mul(q, v128.load(k0 + j))), a1 = f32x4.add(a1, f32x4.mul(q, v128.load(k1 + j)));
      a2 = f32x4.add(a2, f32x4.mul(q, v128.load(k2 + j))), a3 = f32x4.add(a3, f32x4.mul(q, v128.load(k3 + j)));
    }
    for (; j < headBytes; j += 4) {
      const q = v128.load32_zero(query + j);
      a0 = f32x4.add(a0, f32x4.mul(q, v128.load32_zero(k0 + j))), a1 = f32x4.add(a1, f32x4.mul(q, v128.load32_zero(k1 + j)));
      a2 = f32x4.add(a2, f32x4.mul(q, v128.load32_zero(k2 + j))), a3 = f32x4.add(a3, f32x4.mul(q, v128.load32_zero(k3 + j)));
    }
    const to = row + ((<usize>i) << 2);
    const sums = sums4(a0, a1, a2, a3);
    v128.store(to, biased ? f32x4.add(v128.load(to), sums) : sums);
  }
  for (; i < span; i++) {
    const at = (<usize>i) << 2;
    const key = slot(keys, path + at, width);
    let sums = f32x4.splat(0);
    let j: usize = 0;
    for (; j < vectorBytes; j += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(query + j), v128.load(key + j)));
    for (; j < headBytes; j += 4) sums = f32x4.add(sums, f32x4.mul(v128.load32_zero(query + j), v128.load32_zero(key + j)));
    store<f32>(row + at, biased ? load<f32>(row + at) + sumLanes(sums) : sumLanes(sums));
  }
}

/** out = Σ row[i] · values[path[i]], four values at a time. */
function mix(out: usize, row: usize, values: usize, path: usize, span: i32, headBytes: usize, width: usize): void {
  memory.fill(out, 0, headBytes);
  let i = 0;
  for (; i + 4 <= span; i += 4) {
    const at = path + ((<usize>i) << 2), weights = row + ((<usize>i) << 2);
    const v0 = slot(values, at, width), v1 = slot(values, at + 4, width), v2 = slot(values, at + 8, width), v3 = slot(values, at + 12, width);
    const w0 = v128.load32_splat(weights), w1 = v128.load32_splat(weights, 4), w2 = v128.load32_splat(weights, 8), w3 = v128.load32_splat(weights, 12);
    for (let j: usize = 0; j < headBytes; j += 16) {
      const near = f32x4.add(f32x4.mul(w0, v128.load(v0 + j)), f32x4.mul(w1, v128.load(v1 + j)));
      const far = f32x4.add(f32x4.mul(w2, v128.load(v2 + j)), f32x4.mul(w3, v128.load(v3 + j)));
      addWithin(out + j, f32x4.add(near, far), headBytes - j);
    }
  }
  for (; i < span; i++) {
    const at = (<usize>i) << 2;
    const weights = v128.load32_splat(row + at);
    const value = slot(values, path + at, width);
    for (let j: usize = 0; j < headBytes; j += 16) addWithin(out + j, f32x4.mul(weights, v128.load(value + j)), headBytes - j);
  }
}

/** Where the vector lies whose slot is written at `at`. */
@inline
function slot(vectors: usize, at: usize, width: usize): usize {
  return vectors + <usize>load<i32>(at) * width;
}
