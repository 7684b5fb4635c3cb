import type {
  AttentionShape,
  BatchAttentionShape,
  BinaryFunction,
  LinearShape,
  UnaryFunction,
} from "../../backends/operations.ts";

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
  for (const [r, row] of rowsOf(x, width).entries()) {
    const { normal } = normalize(row, epsilon);
    for (const [c, value] of normal.entries()) out[r * width + c] = value * gain[c]! + bias[c]!;
  }
  return out;
}

export function rmsNorm(x: Numbers, gain: Numbers, epsilon: number): Float64Array {
  const width = gain.length;
  const out = new Float64Array(x.length);
  for (const [r, row] of rowsOf(x, width).entries()) {
    const scale = inverseRootMeanSquare(row, epsilon);
    for (const [c, value] of row.entries()) out[r * width + c] = value * scale * gain[c]!;
  }
  return out;
}

export function inverseRootMeanSquare(row: Float64Array, epsilon: number): number {
  return 1 / Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / row.length + epsilon);
}

/** A row with mean 0 and variance 1, and what it was multiplied by. */
export function normalize(row: Float64Array, epsilon: number) {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  const scale = 1 / Math.sqrt(variance + epsilon);
  return { normal: row.map((value) => (value - mean) * scale), scale };
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

const UNARY: Readonly<Record<UnaryFunction, (x: number, p: number, q: number) => number>> = {
  affine: (x, p, q) => p * x + q,
  clamp: (x, p, q) => Math.min(Math.max(x, p), q),
  exp: Math.exp,
  gelu: (x) => x * normalBelow(x),
  geluTanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  logSigmoid: (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  relu: (x) => Math.max(x, 0),
  silu: (x) => x * sigmoid(x),
  square: (x) => x * x,
  tanh: Math.tanh,
};

const BINARY: Readonly<Record<BinaryFunction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  minimum: Math.min,
};

export const UNARY_FUNCTIONS = Object.keys(UNARY) as UnaryFunction[];
export const BINARY_FUNCTIONS = Object.keys(BINARY) as BinaryFunction[];

export function map(f: UnaryFunction, x: Numbers, p = 0, q = 0): Float64Array {
  return Float64Array.from(x, (value) => UNARY[f](value, p, q));
}

export function combine(f: BinaryFunction, a: Numbers, b: Numbers): Float64Array {
  return Float64Array.from(a, (value, i) => BINARY[f](value, b[i]!));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …), in which nothing cancels but the last sum. */
export function normalBelow(x: number): number {
  if (Math.abs(x) > 9) return x < 0 ? 0 : 1;
  let [sum, term] = [0, x];
  for (let n = 3; Math.abs(term) > 1e-20; n += 2) {
    sum += term;
    term *= (x * x) / n;
  }
  return 0.5 + normalDensity(x) * sum;
}

export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

export function softmax(x: Float64Array): Float64Array {
  const largest = x.reduce((top, value) => Math.max(top, value), -Infinity);
  const powers = x.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** log softmax, which has no log of zero in it. */
export function logSoftmax(x: Float64Array): Float64Array {
  const largest = x.reduce((top, value) => Math.max(top, value), -Infinity);
  const total = x.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  return x.map((value) => value - largest - Math.log(total));
}

/** The rows of a matrix. */
export function rowsOf(x: Numbers, width: number): Float64Array[] {
  return Array.from({ length: x.length / width }, (_, r) => Float64Array.from(x.subarray(r * width, (r + 1) * width)));
}

export function crossEntropy(logits: Numbers, targets: Numbers, columns: number): Float64Array {
  const rows = rowsOf(logits, columns);
  return Float64Array.from(targets, (target, r) => (target < 0 ? 0 : -logSoftmax(rows[r]!)[target]!));
}

export function entropy(logits: Numbers, columns: number): Float64Array {
  return Float64Array.from(rowsOf(logits, columns), (row) =>
    logSoftmax(row).reduce((sum, logP) => sum - Math.exp(logP) * logP, 0),
  );
}

export function lstmCell(gates: Numbers, previousCell: Numbers, width: number) {
  const cell = Float64Array.from(previousCell, (previous, at) => {
    const { input, forget, candidate } = lstmGates(gates, at, width);
    return forget * previous + input * candidate;
  });
  return { cell, hidden: cell.map((value, at) => lstmGates(gates, at, width).output * Math.tanh(value)) };
}

/** What the gates of cell `at` let through. */
export function lstmGates(gates: Numbers, at: number, width: number) {
  const first = Math.floor(at / width) * 4 * width + (at % width);
  return {
    input: sigmoid(gates[first]!),
    forget: sigmoid(gates[first + width]!),
    candidate: Math.tanh(gates[first + 2 * width]!),
    output: sigmoid(gates[first + 3 * width]!),
  };
}

/** `pattern` keeps what it held `before` where a path has no key. */
export function attention(
  qkv: Numbers,
  keys: Numbers,
  values: Numbers,
  paths: Numbers,
  spans: Numbers,
  { tokens, heads, headWidth, pathStride, queryStride = 3 * heads * headWidth, ...options }: AttentionShape,
  before: Numbers,
): { out: Float64Array; pattern: Float64Array } {
  const { biased = false, scale = biased ? 1 : 1 / Math.sqrt(headWidth) } = options;
  const width = heads * headWidth;
  const out = new Float64Array(tokens * width);
  const pattern = Float64Array.from(before);
  for (let token = 0; token < tokens; token++) {
    const path = paths.subarray(token * pathStride, token * pathStride + spans[token]!);
    for (let head = 0; head < heads; head++) {
      const column = head * headWidth;
      const scores = Float64Array.from(path, (slot, i) => {
        const score = dot(qkv, token * queryStride + column, keys, slot * width + column, headWidth) * scale;
        return biased ? score + before[(token * heads + head) * pathStride + i]! : score;
      });
      for (const [i, weight] of softmax(scores).entries()) {
        pattern[(token * heads + head) * pathStride + i] = weight;
        for (let c = column; c < column + headWidth; c++)
          out[token * width + c]! += weight * values[path[i]! * width + c]!;
      }
    }
  }
  return { out, pattern };
}

/** The places of one query and one head in q and out, k and v, and pattern. */
export function* attentionRows(
  { batch, queries, keys, heads, headWidth, causal }: BatchAttentionShape,
  lengths: Numbers,
) {
  for (let b = 0; b < batch; b++) {
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < queries; i++) {
        const query = ((b * queries + i) * heads + head) * headWidth;
        const seen = causal ? Math.min(lengths[b]!, i + 1) : lengths[b]!;
        const key = (j: number) => ((b * keys + j) * heads + head) * headWidth;
        yield { query, seen, key, weights: ((b * heads + head) * queries + i) * keys };
      }
    }
  }
}

/** @param bias what `pattern` holds beforehand, where the shape says that it is biased */
export function batchAttention(
  q: Numbers,
  k: Numbers,
  v: Numbers,
  lengths: Numbers,
  shape: BatchAttentionShape,
  bias?: Numbers,
) {
  const { batch, queries, keys, heads, headWidth, scale = bias ? 1 : 1 / Math.sqrt(headWidth) } = shape;
  const out = new Float64Array(q.length);
  const pattern = new Float64Array(batch * heads * queries * keys);
  for (const { query, seen, key, weights } of attentionRows(shape, lengths)) {
    const scores = Float64Array.from({ length: seen }, (_, j) => {
      return dot(q, query, k, key(j), headWidth) * scale + (bias?.[weights + j] ?? 0);
    });
    for (const [j, weight] of softmax(scores).entries()) {
      pattern[weights + j] = weight;
      for (let c = 0; c < headWidth; c++) out[query + c]! += weight * v[key(j) + c]!;
    }
  }
  return { out, pattern };
}

/** The dot product of `length` numbers of a and b. */
export function dot(a: Numbers, aStart: number, b: Numbers, bStart: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[aStart + i]! * b[bStart + i]!;
  return sum;
}
