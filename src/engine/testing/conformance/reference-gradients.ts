import type { BatchAttentionShape, BinaryFunction, UnaryFunction } from "../../backends/operations.ts";
import {
  attentionRows,
  dot,
  inverseRootMeanSquare,
  logSoftmax,
  lstmGates,
  type Numbers,
  normalBelow,
  normalDensity,
  normalize,
  rowsOf,
  sigmoid,
  softmax,
} from "./reference.ts";

/**
 * The gradients of the operations in `reference.ts`, derived by hand and held against finite differences by `reference.test.ts`. These are
 * what a backend *adds* to the gradients that it is given.
 */

const SLOPE: Readonly<Record<UnaryFunction, (x: number, p: number, q: number) => number>> = {
  affine: (_, p) => p,
  clamp: (x, p, q) => (p <= x && x <= q ? 1 : 0),
  exp: Math.exp,
  gelu: (x) => normalBelow(x) + x * normalDensity(x),
  geluTanh: (x) => {
    const t = Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  },
  logSigmoid: (x) => sigmoid(-x),
  relu: (x) => (x > 0 ? 1 : 0),
  silu: (x) => sigmoid(x) * (1 + x * sigmoid(-x)),
  square: (x) => 2 * x,
  tanh: (x) => 1 - Math.tanh(x) ** 2,
};

/** By the operand itself; the other one, and which side the operand is on. */
const SLOPE_OF_TWO: Readonly<Record<BinaryFunction, (self: number, other: number, side: "a" | "b") => number>> = {
  add: () => 1,
  subtract: (_self, _other, side) => (side === "a" ? 1 : -1),
  multiply: (_, other) => other,
  minimum: (self, other) => (self === other ? 0.5 : Number(self < other)),
};

export function mapGradient(f: UnaryFunction, x: Numbers, dy: Numbers, p = 0, q = 0): Float64Array {
  return Float64Array.from(x, (value, i) => SLOPE[f](value, p, q) * dy[i]!);
}

export function combineGradient(f: BinaryFunction, side: "a" | "b", a: Numbers, b: Numbers, dy: Numbers): Float64Array {
  const [self, other] = side === "a" ? [a, b] : [b, a];
  return Float64Array.from(dy, (d, i) => SLOPE_OF_TWO[f](self[i]!, other[i]!, side) * d);
}

export function columnSums(x: Numbers, columns: number): Float64Array {
  const rows = rowsOf(x, columns);
  return Float64Array.from({ length: columns }, (_, c) => rows.reduce((sum, row) => sum + row[c]!, 0));
}

export function outerProducts(a: Numbers, b: Numbers, rows: number, aWidth: number, bWidth: number): Float64Array {
  const out = new Float64Array(aWidth * bWidth);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < aWidth; i++) {
      for (let j = 0; j < bWidth; j++) out[i * bWidth + j]! += a[r * aWidth + i]! * b[r * bWidth + j]!;
    }
  }
  return out;
}

/** The gradient of a whole `gather`, without groups. */
export function gatherGradient(dy: Numbers, indices: Numbers, tableRows: number, width: number): Float64Array {
  const table = new Float64Array(tableRows * width);
  for (const [r, row] of rowsOf(dy, width).entries()) {
    for (const [c, d] of row.entries()) table[indices[r]! * width + c]! += d;
  }
  return table;
}

export function layerNormGradient(x: Numbers, gain: Numbers, dy: Numbers, epsilon: number) {
  const width = gain.length;
  const [dx, dgain, dbias] = [new Float64Array(x.length), new Float64Array(width), new Float64Array(width)];
  for (const [r, row] of rowsOf(x, width).entries()) {
    const { normal, scale } = normalize(row, epsilon);
    const up = row.map((_, c) => dy[r * width + c]!);
    const scaled = up.map((d, c) => d * gain[c]!);
    const meanScaled = scaled.reduce((sum, value) => sum + value, 0) / width;
    const meanProduct = dot(scaled, 0, normal, 0, width) / width;
    for (let c = 0; c < width; c++) {
      dx[r * width + c] = (scaled[c]! - meanScaled - normal[c]! * meanProduct) * scale;
      dgain[c]! += up[c]! * normal[c]!;
      dbias[c]! += up[c]!;
    }
  }
  return { dx, dgain, dbias };
}

export function rmsNormGradient(x: Numbers, gain: Numbers, dy: Numbers, epsilon: number) {
  const width = gain.length;
  const [dx, dgain] = [new Float64Array(x.length), new Float64Array(width)];
  for (const [r, row] of rowsOf(x, width).entries()) {
    const scale = inverseRootMeanSquare(row, epsilon);
    const product = row.reduce((sum, value, c) => sum + value * scale * gain[c]! * dy[r * width + c]!, 0) / width;
    for (const [c, value] of row.entries()) {
      dx[r * width + c] = (gain[c]! * dy[r * width + c]! - value * scale * product) * scale;
      dgain[c]! += dy[r * width + c]! * value * scale;
    }
  }
  return { dx, dgain };
}

export function batchAttentionGradient(
  q: Numbers,
  k: Numbers,
  v: Numbers,
  pattern: Numbers,
  dy: Numbers,
  shape: BatchAttentionShape,
) {
  const { batch, queries, keys, heads, headWidth, biased = false } = shape;
  const { scale = biased ? 1 : 1 / Math.sqrt(headWidth) } = shape;
  const dbias = new Float64Array(heads * queries * keys);
  const [dq, dk, dv] = [new Float64Array(q.length), new Float64Array(k.length), new Float64Array(v.length)];
  // Keys that a query does not see have weight zero, and with it gradient zero.
  for (const { query, key, weights } of attentionRows({ ...shape, causal: false }, new Int32Array(batch).fill(keys))) {
    const p = pattern.subarray(weights, weights + keys);
    const dp = Float64Array.from({ length: keys }, (_, j) => dot(dy, query, v, key(j), headWidth));
    const mean = dot(p, 0, dp, 0, keys);
    for (let j = 0; j < keys; j++) {
      const ds = p[j]! * (dp[j]! - mean) * scale;
      dbias[(weights + j) % dbias.length]! += ds;
      for (let c = 0; c < headWidth; c++) {
        dq[query + c]! += ds * k[key(j) + c]!;
        dk[key(j) + c]! += ds * q[query + c]!;
        dv[key(j) + c]! += p[j]! * dy[query + c]!;
      }
    }
  }
  return { dq, dk, dv, dbias };
}

export function crossEntropyGradient(logits: Numbers, targets: Numbers, dy: Numbers, columns: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (const [r, row] of rowsOf(logits, columns).entries()) {
    const target = targets[r]!;
    if (target < 0) continue;
    for (const [c, p] of softmax(row).entries()) out[r * columns + c] = dy[r]! * (p - Number(c === target));
  }
  return out;
}

export function entropyGradient(logits: Numbers, dy: Numbers, columns: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (const [r, row] of rowsOf(logits, columns).entries()) {
    const logs = logSoftmax(row);
    const entropy = logs.reduce((sum, logP) => sum - Math.exp(logP) * logP, 0);
    for (const [c, logP] of logs.entries()) out[r * columns + c] = -dy[r]! * Math.exp(logP) * (logP + entropy);
  }
  return out;
}

export function lstmCellGradient(
  gates: Numbers,
  previousCell: Numbers,
  dhidden: Numbers,
  dcell: Numbers,
  width: number,
) {
  const [dgates, dpreviousCell] = [new Float64Array(gates.length), new Float64Array(previousCell.length)];
  for (const [at, previous] of previousCell.entries()) {
    const { input, forget, candidate, output } = lstmGates(gates, at, width);
    const shown = Math.tanh(forget * previous + input * candidate);
    const dc = dcell[at]! + dhidden[at]! * output * (1 - shown ** 2);
    const first = Math.floor(at / width) * 4 * width + (at % width);
    dgates[first] = dc * candidate * input * (1 - input);
    dgates[first + width] = dc * previous * forget * (1 - forget);
    dgates[first + 2 * width] = dc * input * (1 - candidate ** 2);
    dgates[first + 3 * width] = dhidden[at]! * shown * output * (1 - output);
    dpreviousCell[at] = dc * forget;
  }
  return { dgates, dpreviousCell };
}
