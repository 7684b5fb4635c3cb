import type {
  AdamWSettings,
  Backend,
  BatchAttentionShape,
  BinaryFunction,
  SgdSettings,
  Storage,
  UnaryFunction,
} from "../backend.ts";
import { cellsOf, ForwardOperations, floatBits, isInCells, loopThreads, threads } from "./forward.ts";
import { Kernels } from "./kernels.ts";
import { planOuter } from "./linear.ts";
import { attentionMatrices, matrix, transpose } from "./matrices.ts";

/** A sum over more rows than this is taken in two stages, where many threads have to be kept busy. */
const SHARE = 64;

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

/** The gradients and optimisers; all else is inherited. */
class WebGpuBackend extends ForwardOperations implements Backend {
  mapGradient(f: UnaryFunction, dx: Storage, x: Storage, dy: Storage, length: number, p = 0, q = 0): void {
    this.run(`map:${f}:gradient`, [dx, x, dy], [length, floatBits(p), floatBits(q)], threads(length));
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
    this.run(`combine:${f}:gradient_${operand}`, [d, a, b, dy], [length], threads(length));
  }

  columnSums(out: Storage, x: Storage, rows: number, columns: number): void {
    if (this.software || rows <= SHARE) {
      this.run("columnSums", [out, x], [rows, columns, rows, 1], loopThreads(columns));
      return;
    }
    const shares = Math.ceil(rows / SHARE);
    const parts = this.alloc(shares * columns);
    this.run("columnSums", [parts, x], [rows, columns, SHARE, 0], loopThreads(shares * columns));
    this.columnSums(out, parts, shares, columns);
    this.free(parts);
  }

  outerProducts(out: Storage, a: Storage, b: Storage, rows: number, aWidth: number, bWidth: number): void {
    const plan = planOuter(aWidth, rows, bWidth, this.software);
    if (plan) {
      // The kernel has a place for a bias, at which this operation never looks.
      this.run(plan.kernel, [out, a, a, b], plan.parameters, plan.workgroups);
      return;
    }
    const [left, right] = [transpose(matrix(rows, aWidth)), matrix(rows, bWidth)];
    this.products(out, matrix(aWidth, bWidth), a, left, b, right, { accumulate: true });
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
    this.run("scatterAdd", [table, x, order, starts, targets], [groups, width], loopThreads(groups * width));
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
    const gains = this.alloc(rows * width);
    const kernel = isInCells(width) ? "layerNormGradient" : "layerNormGradientScalar";
    this.runRows(kernel, [dx, gains, x, gain, dy], [rows, cellsOf(width), floatBits(epsilon)], rows);
    if (parameters) {
      this.columnSums(parameters.gain, gains, rows, width);
      this.columnSums(parameters.bias, dy, rows, width);
    }
    this.free(gains);
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
  ): void {
    const { batch, queries, keys, heads, headWidth } = shape;
    const { byQuery, byKey, weights } = attentionMatrices(shape);
    const scaled = { scale: 1 / Math.sqrt(headWidth), accumulate: true };
    const flow = this.alloc(batch * heads * queries * keys);
    this.products(flow, weights, dy, byQuery, v, transpose(byKey));
    this.products(dv, byKey, pattern, transpose(weights), dy, byQuery, { accumulate: true });
    const rows = batch * heads * queries;
    this.runRows("softmaxGradient", [flow, pattern], [rows, heads, queries, keys], rows);
    this.products(dq, byQuery, flow, weights, k, byKey, scaled);
    this.products(dk, byKey, flow, transpose(weights), q, byQuery, scaled);
    this.free(flow);
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

  entropyGradient(dlogits: Storage, logits: Storage, dy: Storage, rows: number, columns: number): void {
    // The kernel has a place for targets, at which this operation never looks.
    this.runRows("entropyGradient", [dlogits, logits, dy, dy], [rows, columns], rows);
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

/** WGSL promises nothing about infinities. */
function finite(value: number): number {
  return Math.min(value, 3e38);
}
