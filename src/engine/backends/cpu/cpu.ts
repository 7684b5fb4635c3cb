import type { Backend } from "../backend.ts";
import type { AdamWSettings, AttentionShape, BatchAttentionShape, SgdSettings } from "../operations.ts";
import type { Storage } from "../storage.ts";
import { Arena } from "./arena.ts";
import { fusedHex, type KernelExports, kernelsHex, relaxedFusedHex } from "./kernels.generated.ts";
import { CpuLayers } from "./layers.ts";
import { addresses } from "./memory.ts";

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

/** What scores are multiplied by: 1/√headWidth, rounded after each step, as all that the kernels compute, unless the shape says otherwise. */
function scaleOf({ headWidth, scale, biased = false }: Pick<AttentionShape, "headWidth" | "scale" | "biased">): number {
  return scale ?? (biased ? 1 : 1 / Math.fround(Math.sqrt(headWidth)));
}

class CpuBackend extends CpuLayers implements Backend {
  readonly kind = "cpu";
  readonly device = "WebAssembly SIMD";
  /** A CPU is never lost. */
  readonly lost = new Promise<string>(() => {});
  /** Memory is the limit, not arithmetic. */
  readonly prefersHalves = true;

  storeKeyValues(keys: Storage, values: Storage, qkv: Storage, slots: Storage, tokens: number, width: number): void {
    this.kernels.storeKeyValues(...addresses(keys, values, qkv, slots), tokens, width);
  }

  attention(
    out: Storage,
    pattern: Storage,
    qkv: Storage,
    keys: Storage,
    values: Storage,
    paths: Storage,
    spans: Storage,
    shape: AttentionShape,
  ): void {
    const { tokens, heads, headWidth, pathStride, queryStride = 3 * heads * headWidth, biased = false } = shape;
    const operands = addresses(out, pattern, qkv, keys, values, paths, spans);
    this.kernels.attention(...operands, tokens, heads, headWidth, pathStride, scaleOf(shape), queryStride, biased);
  }

  batchAttention(
    out: Storage,
    pattern: Storage,
    q: Storage,
    k: Storage,
    v: Storage,
    lengths: Storage,
    shape: BatchAttentionShape,
  ): void {
    const { batch, queries, keys, heads, headWidth, causal, biased = false } = shape;
    const operands = addresses(out, pattern, q, k, v, lengths);
    this.kernels.batchAttention(...operands, batch, queries, keys, heads, headWidth, scaleOf(shape), causal, biased);
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
    shape: BatchAttentionShape,
    dbias: Storage | null = null,
  ): void {
    const { batch, queries, keys, heads, headWidth } = shape;
    const scratch = this.scratchFor(queries * keys);
    const operands = addresses(dq, dk, dv, q, k, v, pattern, dy);
    const [bias] = dbias ? addresses(dbias) : [0];
    const scale = scaleOf(shape);
    this.kernels.batchAttentionGradient(...operands, bias, scratch, batch, queries, keys, heads, headWidth, scale);
  }

  lstmCell(hidden: Storage, cell: Storage, gates: Storage, previousCell: Storage, rows: number, width: number): void {
    this.kernels.lstmCell(...addresses(hidden, cell, gates, previousCell), rows, width);
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
    this.kernels.lstmCellGradient(...operands, rows, width);
  }

  crossEntropy(out: Storage, logits: Storage, targets: Storage, rows: number, columns: number): void {
    this.kernels.crossEntropy(...addresses(out, logits, targets), rows, columns);
  }

  crossEntropyGradient(
    dlogits: Storage,
    logits: Storage,
    targets: Storage,
    dy: Storage,
    rows: number,
    columns: number,
  ): void {
    this.kernels.crossEntropyGradient(...addresses(dlogits, logits, targets, dy), rows, columns);
  }

  entropy(out: Storage, logits: Storage, rows: number, columns: number): void {
    this.kernels.entropy(...addresses(out, logits), rows, columns);
  }

  entropyGradient(dlogits: Storage, logits: Storage, dy: Storage, rows: number, columns: number): void {
    this.kernels.entropyGradient(...addresses(dlogits, logits, dy), rows, columns);
  }

  addSquares(total: Storage, x: Storage, length: number): void {
    this.kernels.addSquares(...addresses(total, x), length);
  }

  sgd(parameter: Storage, gradient: Storage, velocity: Storage, squares: Storage, settings: SgdSettings): void {
    const { learningRate, momentum, weightDecay, maxNorm } = settings;
    const operands = addresses(parameter, gradient, velocity, squares);
    this.kernels.sgd(...operands, parameter.length, learningRate, momentum, weightDecay, maxNorm);
  }

  adamW(
    parameter: Storage,
    gradient: Storage,
    firstMoment: Storage,
    secondMoment: Storage,
    squares: Storage,
    { learningRate, beta1, beta2, epsilon, weightDecay, step, maxNorm }: AdamWSettings,
  ): void {
    this.kernels.adamW(
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
