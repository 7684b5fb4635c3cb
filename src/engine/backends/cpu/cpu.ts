import type {
  AdamWSettings,
  AttentionShape,
  Backend,
  BatchAttentionShape,
  BinaryFunction,
  LinearShape,
  SgdSettings,
  Storage,
  UnaryFunction,
} from "../backend.ts";
import { packed } from "../packed.ts";
import { Arena } from "./arena.ts";
import { fusedHex, type KernelExports, kernelsHex, relaxedFusedHex } from "./kernels.generated.ts";
import { addresses, CpuMemory } from "./memory.ts";

/** The numbers by which the kernels know the functions. */
const UNARY: Readonly<Record<UnaryFunction, number>> = {
  affine: 0,
  clamp: 1,
  exp: 2,
  gelu: 3,
  geluTanh: 4,
  logSigmoid: 5,
  relu: 6,
  square: 7,
  tanh: 8,
};
const BINARY: Readonly<Record<BinaryFunction, number>> = { add: 0, subtract: 1, multiply: 2, minimum: 3 };

/** The WebAssembly backend: one core, 128-bit SIMD, tensors in the module's own memory. It runs wherever WebAssembly does, Node included. */
export async function createCpuBackend(): Promise<Backend> {
  const arena = new Arena();
  const env = { memory: arena.memory };
  const fusedModule = WebAssembly.instantiate(bytesOf(relaxedFusedHex), { env })
    // A browser without relaxed SIMD.
    .catch(() => WebAssembly.instantiate(bytesOf(fusedHex), { env }));
  // Both compile at once.
  const [kernels, fused] = await Promise.all([WebAssembly.compile(bytesOf(kernelsHex)), fusedModule]);
  const instance = await WebAssembly.instantiate(kernels, { env, fused: fused.instance.exports });
  return new CpuBackend(arena, instance.exports as unknown as KernelExports);
}

/** For each of some 60,000 digits before the first token: `parseInt` of each pair takes several times longer. */
function digitOf(hex: string, index: number): number {
  const code = hex.charCodeAt(index);
  return code < 0x61 ? code - 0x30 : code - 0x57;
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (digitOf(hex, 2 * i) << 4) | digitOf(hex, 2 * i + 1);
  return bytes;
}

class CpuBackend extends CpuMemory implements Backend {
  readonly kind = "cpu";
  readonly device = "WebAssembly SIMD";
  /** A CPU is never lost. */
  readonly lost = new Promise<string>(() => {});
  /** Memory is the limit, not arithmetic. */
  readonly prefersHalves = true;
  #kernels: KernelExports;

  constructor(arena: Arena, kernels: KernelExports) {
    super(arena);
    this.#kernels = kernels;
  }

  copy(out: Storage, source: Storage, length: number): void {
    this.#kernels.copy(...addresses(out, source), length);
  }

  fill(out: Storage, value: number, length: number): void {
    this.#kernels.fill(...addresses(out), value, length);
  }

  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate = false): void {
    const weight = packed(table, "rows");
    if (weight?.format === "i8") {
      const operands = addresses(out, weight.codes, weight.scales, indices);
      this.#kernels.gatherI8(...operands, rows, width, accumulate);
    } else {
      const operands = addresses(out, weight?.codes ?? table, indices);
      this.#kernels.gather(...operands, rows, width, accumulate, weight !== null);
    }
  }

  layerNorm(
    out: Storage,
    x: Storage,
    gain: Storage,
    bias: Storage,
    rows: number,
    width: number,
    epsilon: number,
  ): void {
    this.#kernels.layerNorm(...addresses(out, x, gain, bias), rows, width, epsilon);
  }

  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void {
    const { rows, inner, columns, transposed = false, accumulate = false } = shape;
    const [biasAddress] = bias ? addresses(bias) : [0];
    const small = packed(weight, transposed ? "rows" : "columns");
    if (small?.format === "i8") {
      const operands = addresses(out, x, small.codes, small.scales);
      const sums = this.scratchFor(rows * columns);
      this.#kernels.linearI8(...operands, biasAddress, sums, rows, inner, columns, transposed, accumulate);
    } else {
      const operands = addresses(out, x, small?.codes ?? weight);
      const half = small !== null;
      this.#kernels.linear(...operands, biasAddress, rows, inner, columns, transposed, accumulate, half);
    }
  }

  map(f: UnaryFunction, out: Storage, x: Storage, length: number, p = 0, q = 0): void {
    this.#kernels.map(UNARY[f], ...addresses(out, x), length, p, q);
  }

  combine(f: BinaryFunction, out: Storage, a: Storage, b: Storage, length: number): void {
    this.#kernels.combine(BINARY[f], ...addresses(out, a, b), length);
  }

  storeKeyValues(keys: Storage, values: Storage, qkv: Storage, slots: Storage, tokens: number, width: number): void {
    this.#kernels.storeKeyValues(...addresses(keys, values, qkv, slots), tokens, width);
  }

  attention(
    out: Storage,
    pattern: Storage,
    qkv: Storage,
    keys: Storage,
    values: Storage,
    paths: Storage,
    spans: Storage,
    { tokens, heads, headWidth, pathStride }: AttentionShape,
  ): void {
    const operands = addresses(out, pattern, qkv, keys, values, paths, spans);
    this.#kernels.attention(...operands, tokens, heads, headWidth, pathStride);
  }

  batchAttention(
    out: Storage,
    pattern: Storage,
    q: Storage,
    k: Storage,
    v: Storage,
    lengths: Storage,
    { batch, queries, keys, heads, headWidth, causal }: BatchAttentionShape,
  ): void {
    const operands = addresses(out, pattern, q, k, v, lengths);
    this.#kernels.batchAttention(...operands, batch, queries, keys, heads, headWidth, causal);
  }

  crossEntropy(out: Storage, logits: Storage, targets: Storage, rows: number, columns: number): void {
    this.#kernels.crossEntropy(...addresses(out, logits, targets), rows, columns);
  }

  entropy(out: Storage, logits: Storage, rows: number, columns: number): void {
    this.#kernels.entropy(...addresses(out, logits), rows, columns);
  }

  lstmCell(hidden: Storage, cell: Storage, gates: Storage, previousCell: Storage, rows: number, width: number): void {
    this.#kernels.lstmCell(...addresses(hidden, cell, gates, previousCell), rows, width);
  }

  mapGradient(f: UnaryFunction, dx: Storage, x: Storage, dy: Storage, length: number, p = 0, q = 0): void {
    this.#kernels.mapGradient(UNARY[f], ...addresses(dx, x, dy), length, p, q);
  }

  combineGradient(
    f: BinaryFunction,
    operand: "a" | "b",
    d: Storage,
    a: Storage,
    b: Storage,
    dy: Storage,
    length: number,
  ): void {
    const [by, other] = operand === "a" ? [a, b] : [b, a];
    this.#kernels.combineGradient(BINARY[f], operand === "b", ...addresses(d, by, other, dy), length);
  }

  columnSums(out: Storage, x: Storage, rows: number, columns: number): void {
    this.#kernels.columnSums(...addresses(out, x), rows, columns);
  }

  outerProducts(out: Storage, a: Storage, b: Storage, rows: number, aWidth: number, bWidth: number): void {
    this.#kernels.outerProducts(...addresses(out, a, b), rows, aWidth, bWidth);
  }

  scatterAdd(
    table: Storage,
    x: Storage,
    order: Storage,
    starts: Storage,
    targets: Storage,
    groups: number,
    width: number,
  ): void {
    this.#kernels.scatterAdd(...addresses(table, x, order, starts, targets), groups, width);
  }

  layerNormGradient(
    dx: Storage,
    parameters: { readonly gain: Storage; readonly bias: Storage } | null,
    x: Storage,
    gain: Storage,
    dy: Storage,
    rows: number,
    width: number,
    epsilon: number,
  ): void {
    const [dgain, dbias] = parameters ? addresses(parameters.gain, parameters.bias) : [0, 0];
    const [dxAddress, ...operands] = addresses(dx, x, gain, dy);
    this.#kernels.layerNormGradient(dxAddress, dgain, dbias, ...operands, rows, width, epsilon);
  }

  batchAttentionGradient(
    dq: Storage,
    dk: Storage,
    dv: Storage,
    q: Storage,
    k: Storage,
    v: Storage,
    pattern: Storage,
    dy: Storage,
    { batch, queries, keys, heads, headWidth }: BatchAttentionShape,
  ): void {
    const scratch = this.scratchFor(queries * keys);
    const operands = addresses(dq, dk, dv, q, k, v, pattern, dy);
    this.#kernels.batchAttentionGradient(...operands, scratch, batch, queries, keys, heads, headWidth);
  }

  crossEntropyGradient(
    dlogits: Storage,
    logits: Storage,
    targets: Storage,
    dy: Storage,
    rows: number,
    columns: number,
  ): void {
    this.#kernels.crossEntropyGradient(...addresses(dlogits, logits, targets, dy), rows, columns);
  }

  entropyGradient(dlogits: Storage, logits: Storage, dy: Storage, rows: number, columns: number): void {
    this.#kernels.entropyGradient(...addresses(dlogits, logits, dy), rows, columns);
  }

  lstmCellGradient(
    dgates: Storage,
    dpreviousCell: Storage,
    gates: Storage,
    previousCell: Storage,
    dhidden: Storage,
    dcell: Storage,
    rows: number,
    width: number,
  ): void {
    const operands = addresses(dgates, dpreviousCell, gates, previousCell, dhidden, dcell);
    this.#kernels.lstmCellGradient(...operands, rows, width);
  }

  addSquares(total: Storage, x: Storage, length: number): void {
    this.#kernels.addSquares(...addresses(total, x), length);
  }

  sgd(parameter: Storage, gradient: Storage, velocity: Storage, squares: Storage, settings: SgdSettings): void {
    const { learningRate, momentum, weightDecay, maxNorm } = settings;
    const operands = addresses(parameter, gradient, velocity, squares);
    this.#kernels.sgd(...operands, parameter.length, learningRate, momentum, weightDecay, maxNorm);
  }

  adamW(
    parameter: Storage,
    gradient: Storage,
    firstMoment: Storage,
    secondMoment: Storage,
    squares: Storage,
    { learningRate, beta1, beta2, epsilon, weightDecay, step, maxNorm }: AdamWSettings,
  ): void {
    this.#kernels.adamW(
      ...addresses(parameter, gradient, firstMoment, secondMoment, squares),
      parameter.length,
      1 - learningRate * weightDecay,
      learningRate / (1 - beta1 ** step),
      1 / Math.sqrt(1 - beta2 ** step),
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      epsilon,
      maxNorm,
    );
  }
}
