import type { Backend } from "../backend.ts";
import type { AdamWSettings, AttentionShape, BatchAttentionShape, SgdSettings } from "../operations.ts";
import type { Storage } from "../storage.ts";
import { Kernels } from "./kernels.ts";
import { floatBits, isInCells, loopThreads, SHARE, threads, WebGpuLayers } from "./layers.ts";
import { attentionMatrices, transpose } from "./matrices.ts";

export interface WebGpuOptions {
  /** Is given the backend before its kernels are compiled: its memory can be filled in the meantime. */
  readonly onDevice?: ((backend: Backend) => void) | undefined;
  /**
   * Whether to use the kernels for a CPU that plays the graphics card: many threads that share their work fill a graphics card, but cost a
   * software adapter ten times what they save.
   */
  readonly software?: boolean;
}

/**
 * A backend on a device of the caller's making, who may destroy it; to the backend that is a loss.
 * @throws whatever the browser says when it refuses a kernel
 */
export async function createWebGpuBackend(
  device: GPUDevice,
  { onDevice, software = device.adapterInfo.isFallbackAdapter }: WebGpuOptions = {},
): Promise<Backend> {
  const kernels = new Kernels(device, software);
  const backend = new WebGpuBackend(device, kernels, software);
  onDevice?.(backend);
  try {
    await kernels.prepare();
  } catch (error) {
    backend.dispose();
    throw error;
  }
  return backend;
}

class WebGpuBackend extends WebGpuLayers implements Backend {
  storeKeyValues(keys: Storage, values: Storage, qkv: Storage, slots: Storage, tokens: number, width: number): void {
    this.run("storeKeyValues", [keys, values, qkv, slots], [tokens, width], threads(tokens * width));
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
    const cells = isInCells(headWidth) ? 4 : 1;
    const sizes = [tokens, heads, headWidth / cells, pathStride, Number(biased)];
    this.runRows(
      isInCells(headWidth) ? "attention" : "attentionScalar",
      [out, pattern, qkv, keys, values, paths, spans],
      [...sizes, floatBits(scaleOf(shape)), queryStride / cells],
      tokens * heads,
    );
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
    const { batch, queries, keys, heads, causal, biased = false } = shape;
    const { byQuery, byKey, weights } = attentionMatrices(shape);
    const scaled = { scale: scaleOf(shape), accumulate: biased };
    this.products(pattern, weights, q, byQuery, k, transpose(byKey), scaled);
    const rows = batch * heads * queries;
    this.runRows("softmax", [pattern, lengths], [rows, heads, queries, keys, Number(causal)], rows);
    this.products(out, byQuery, pattern, weights, v, byKey);
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
    const { batch, queries, keys, heads } = shape;
    const { byQuery, byKey, weights } = attentionMatrices(shape);
    const scaled = { scale: scaleOf(shape), accumulate: true };
    const flow = this.alloc(batch * heads * queries * keys);
    this.products(flow, weights, dy, byQuery, v, transpose(byKey));
    this.products(dv, byKey, pattern, transpose(weights), dy, byQuery, { accumulate: true });
    const rows = batch * heads * queries;
    this.runRows("softmaxGradient", [flow, pattern], [rows, heads, queries, keys], rows);
    if (dbias) this.columnSums(dbias, flow, batch, heads * queries * keys);
    this.products(dq, byQuery, flow, weights, k, byKey, scaled);
    this.products(dk, byKey, flow, transpose(weights), q, byQuery, scaled);
    this.free(flow);
  }

  lstmCell(hidden: Storage, cell: Storage, gates: Storage, previousCell: Storage, rows: number, width: number): void {
    this.run("lstmCell", [hidden, cell, gates, previousCell], [rows, width], threads(rows * width));
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
    const storages = [dgates, dpreviousCell, gates, previousCell, dhidden, dcell];
    this.run("lstmCellGradient", storages, [rows, width], threads(rows * width));
  }

  crossEntropy(out: Storage, logits: Storage, targets: Storage, rows: number, columns: number): void {
    this.runRows("crossEntropy", [out, logits, targets], [rows, columns], rows);
  }

  crossEntropyGradient(
    dlogits: Storage,
    logits: Storage,
    targets: Storage,
    dy: Storage,
    rows: number,
    columns: number,
  ): void {
    this.runRows("crossEntropyGradient", [dlogits, logits, targets, dy], [rows, columns], rows);
  }

  entropy(out: Storage, logits: Storage, rows: number, columns: number): void {
    this.runRows("entropy", [out, logits], [rows, columns], rows);
  }

  entropyGradient(dlogits: Storage, logits: Storage, dy: Storage, rows: number, columns: number): void {
    // The kernel has a place for targets, at which this operation never looks.
    this.runRows("entropyGradient", [dlogits, logits, dy, dy], [rows, columns], rows);
  }

  addSquares(total: Storage, x: Storage, length: number): void {
    const count = this.software ? SHARE : SHARE * SHARE;
    const parts = this.alloc(count);
    this.run("squares", [parts, x], [length, 1, count], loopThreads(count));
    this.columnSums(total, parts, count, 1);
    this.free(parts);
  }

  sgd(
    parameter: Storage,
    gradient: Storage,
    velocity: Storage,
    squares: Storage,
    { learningRate, momentum, weightDecay, maxNorm }: SgdSettings,
  ): void {
    const numbers = [finite(maxNorm), learningRate, weightDecay, momentum].map(floatBits);
    const { length } = parameter;
    this.run("sgd", [parameter, velocity, gradient, squares], [length, ...numbers], threads(length));
  }

  adamW(
    parameter: Storage,
    gradient: Storage,
    firstMoment: Storage,
    secondMoment: Storage,
    squares: Storage,
    { learningRate, beta1, beta2, epsilon, weightDecay, step, maxNorm }: AdamWSettings,
  ): void {
    const rate = learningRate / (1 - beta1 ** step);
    const rootCorrection = Math.sqrt(1 - beta2 ** step);
    const decay = learningRate * weightDecay;
    const numbers = [finite(maxNorm), rate, decay, beta1, beta2, 1 - beta1, 1 - beta2, rootCorrection, epsilon];
    const storages = [parameter, firstMoment, secondMoment, gradient, squares];
    const { length } = parameter;
    this.run("adamW", storages, [length, ...numbers.map(floatBits)], threads(length));
  }
}

/** What scores are multiplied by. */
function scaleOf({ headWidth, scale, biased = false }: Pick<AttentionShape, "headWidth" | "scale" | "biased">): number {
  return scale ?? (biased ? 1 : 1 / Math.sqrt(headWidth));
}

/** WGSL promises nothing about infinities. */
function finite(value: number): number {
  return Math.min(value, 3e38);
}
