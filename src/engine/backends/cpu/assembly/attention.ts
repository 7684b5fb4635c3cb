import { sumLanes } from "./simd";
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

/** Scaled dot-product attention of every token over its own path (see `Backend.attention`). */
export function attention(
  out: usize, pattern: usize, qkv: usize, keys: usize, values: usize, paths: usize, spans: usize,
  tokens: i32, heads: i32, headWidth: i32, pathStride: i32,
): void {
  const headBytes = (<usize>headWidth) << 2;
  const width = <usize>heads * headBytes;
  const scale: f32 = 1 / sqrt<f32>(<f32>headWidth);
  for (let t = 0; t < tokens; t++) {
    const span = load<i32>(spans + ((<usize>t) << 2));
    const path = paths + ((<usize>t * <usize>pathStride) << 2);
    for (let h = 0; h < heads; h++) {
      const head = <usize>h * headBytes;
      const row = pattern + (((<usize>t * <usize>heads + <usize>h) * <usize>pathStride) << 2);
      scores(row, qkv + <usize>t * 3 * width + head, keys + head, path, span, headBytes, width);
      softmax(row, span, scale);
      mix(out + <usize>t * width + head, row, values + head, path, span, headBytes, width);
    }
  }
}

/** row[i] = query · keys[path[i]]. */
function scores(row: usize, query: usize, keys: usize, path: usize, span: i32, headBytes: usize, width: usize): void {
  const vectorBytes = headBytes & ~15;
  for (let i = 0; i < span; i++) {
    const at = (<usize>i) << 2;
    const key = keys + <usize>load<i32>(path + at) * width;
    let sums = f32x4.splat(0);
    let j: usize = 0;
    for (; j < vectorBytes; j += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(query + j), v128.load(key + j)));
    let sum = sumLanes(sums);
    for (; j < headBytes; j += 4) sum += load<f32>(query + j) * load<f32>(key + j);
    store<f32>(row + at, sum);
  }
}

/** out = Σ row[i] · values[path[i]]. */
function mix(out: usize, row: usize, values: usize, path: usize, span: i32, headBytes: usize, width: usize): void {
  memory.fill(out, 0, headBytes);
  const vectorBytes = headBytes & ~15;
  for (let i = 0; i < span; i++) {
    const at = (<usize>i) << 2;
    const weight = load<f32>(row + at);
    const weights = f32x4.splat(weight);
    const value = values + <usize>load<i32>(path + at) * width;
    let j: usize = 0;
    for (; j < vectorBytes; j += 16) v128.store(out + j, f32x4.add(v128.load(out + j), f32x4.mul(weights, v128.load(value + j))));
    for (; j < headBytes; j += 4) store<f32>(out + j, load<f32>(out + j) + weight * load<f32>(value + j));
  }
}
