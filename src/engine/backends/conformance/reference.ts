import type { AttentionShape, LinearShape } from "../backend.ts";

/**
 * What the operations of a backend must compute: the definitions, in plain loops over 64-bit numbers. Slow, and obvious enough to be
 * believed; the tests hold every backend against them.
 */

/** Numbers as a backend takes them: f32 data, or indices. */
export type Numbers = Float32Array | Float64Array | Int32Array;

export function gather(table: Numbers, indices: Numbers, width: number): Float64Array {
  return Float64Array.from({ length: indices.length * width }, (_, i) => {
    const row = indices[Math.floor(i / width)]!;
    return table[row * width + (i % width)]!;
  });
}

export function layerNorm(x: Numbers, gain: Numbers, bias: Numbers, epsilon: number): Float64Array {
  const width = gain.length;
  const out = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    const row = Float64Array.from(x.subarray(start, start + width));
    const mean = row.reduce((sum, value) => sum + value, 0) / width;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    for (const [i, value] of row.entries()) {
      out[start + i] = ((value - mean) / Math.sqrt(variance + epsilon)) * gain[i]! + bias[i]!;
    }
  }
  return out;
}

/** The product alone, without bias. */
export function linear(x: Numbers, weight: Numbers, { rows, inner, columns, transposed }: LinearShape): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += x[row * inner + k]! * weight[transposed ? column * inner + k : k * columns + column]!;
      }
      out[row * columns + column] = sum;
    }
  }
  return out;
}

export function geluTanh(x: Numbers): Float64Array {
  return Float64Array.from(x, (v) => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))));
}

/** `pattern` keeps `stale` where a path has no key. */
export function attention(
  qkv: Numbers,
  keys: Numbers,
  values: Numbers,
  paths: Numbers,
  spans: Numbers,
  { tokens, heads, headWidth, pathStride }: AttentionShape,
  stale: number,
): { out: Float64Array; pattern: Float64Array } {
  const width = heads * headWidth;
  const out = new Float64Array(tokens * width);
  const pattern = new Float64Array(tokens * heads * pathStride).fill(stale);
  for (let token = 0; token < tokens; token++) {
    const path = paths.subarray(token * pathStride, token * pathStride + spans[token]!);
    for (let head = 0; head < heads; head++) {
      const column = head * headWidth;
      const scores = Float64Array.from(path, (slot) => {
        let score = 0;
        for (let i = column; i < column + headWidth; i++)
          score += qkv[token * 3 * width + i]! * keys[slot * width + i]!;
        return score / Math.sqrt(headWidth);
      });
      const maximum = scores.reduce((largest, score) => Math.max(largest, score), -Infinity);
      const powers = scores.map((score) => Math.exp(score - maximum));
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const [i, power] of powers.entries()) {
        pattern[(token * heads + head) * pathStride + i] = power / total;
        for (let c = column; c < column + headWidth; c++) {
          out[token * width + c]! += (power / total) * values[path[i]! * width + c]!;
        }
      }
    }
  }
  return { out, pattern };
}
