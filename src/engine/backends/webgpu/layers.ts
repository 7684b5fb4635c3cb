import type {
  BinaryFunction,
  ElementwiseOperations,
  LayerOperations,
  LinearShape,
  UnaryFunction,
} from "../operations.ts";
import { packed, type QuantizedStorage } from "../packed.ts";
import type { Storage } from "../storage.ts";
import type { BlockKernel } from "./blocks.ts";
import type { Kernels, RowKernelName } from "./kernels.ts";
import { planLinear, planOuter } from "./linear.ts";
import { type Matrices, matrix, transpose } from "./matrices.ts";
import { WebGpuMemory } from "./memory.ts";

/** Threads of a workgroup (as in `common.wgsl`). */
const THREADS = 256;
const LOOP_THREADS = 64;

/** Threads of a workgroup of `rows-alone.wgsl`, each of which takes a row, and the workgroups among which few rows are shared out. */
const ROWS_ALONE = 4;
const GROUPS_ALONE = 2;

/** A sum over more rows than this is taken in two stages, where many threads have to be kept busy. */
export const SHARE = 64;

/** What most layers are made of, number by number and matrix by matrix; `WebGpuBackend` adds the rest. */
export abstract class WebGpuLayers extends WebGpuMemory implements ElementwiseOperations, LayerOperations {
  protected readonly software: boolean;

  constructor(gpu: GPUDevice, kernels: Kernels, software: boolean) {
    super(gpu, kernels);
    this.software = software;
  }

  /** A graphics card unpacks two halves in an instruction; to a software adapter that costs more than it saves. */
  get prefersHalves(): boolean {
    return !this.software;
  }

  fill(out: Storage, value: number, length: number): void {
    this.run("fill", [out], [length, floatBits(value)], threads(length));
  }

  map(f: UnaryFunction, out: Storage, x: Storage, length: number, p = 0, q = 0): void {
    const parameters = [length, floatBits(p), floatBits(q)];
    if (out === x) this.run(`map:${f}:in_place`, [out], parameters, threads(length));
    else this.run(`map:${f}:main`, [out, x], parameters, threads(length));
  }

  mapGradient(f: UnaryFunction, dx: Storage, x: Storage, dy: Storage, length: number, p = 0, q = 0): void {
    this.run(`map:${f}:gradient`, [dx, x, dy], [length, floatBits(p), floatBits(q)], threads(length));
  }

  combine(f: BinaryFunction, out: Storage, a: Storage, b: Storage, length: number): void {
    const workgroups = threads(length);
    if (out === a && out === b) this.run(`combine:${f}:into_both`, [out], [length], workgroups);
    else if (out === a) this.run(`combine:${f}:into_a`, [out, b, b], [length], workgroups);
    else if (out === b) this.run(`combine:${f}:into_b`, [out, a], [length], workgroups);
    else this.run(`combine:${f}:main`, [out, a, b], [length], workgroups);
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

  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void {
    const { format, buffers } = storedAs(weight, shape.transposed ? "rows" : "columns");
    const { kernel, parameters, workgroups } = planLinear(shape, format, bias !== null, this.software);
    // Every binding needs a buffer; without a bias the kernel never looks at this one.
    this.run(kernel, [out, x, bias ?? x, ...buffers], parameters, workgroups);
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

  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate = false): void {
    const parameters = [rows, width, Number(accumulate)];
    const { format, buffers } = storedAs(table, "rows");
    // The third buffer is not looked at.
    this.run(`gather:${format}`, [out, indices, indices, ...buffers], parameters, threads(rows * width));
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

  scatter(table: Storage, x: Storage, indices: Storage, rows: number, width: number): void {
    this.run("scatter", [table, x, indices], [rows, width], threads(rows * width));
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
    this.#norm(out, bias, x, gain, rows, width, epsilon, true);
  }

  rmsNorm(out: Storage, x: Storage, gain: Storage, rows: number, width: number, epsilon: number): void {
    // Every binding needs a buffer; of a bias that is not there the kernel makes nothing.
    this.#norm(out, gain, x, gain, rows, width, epsilon, false);
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
    this.#normGradient(dx, parameters?.gain ?? null, x, gain, dy, rows, width, epsilon, true);
    if (parameters) this.columnSums(parameters.bias, dy, rows, width);
  }

  rmsNormGradient(
    dx: Storage,
    dgain: Storage | null,
    x: Storage,
    gain: Storage,
    dy: Storage,
    rows: number,
    width: number,
    epsilon: number,
  ): void {
    this.#normGradient(dx, dgain, x, gain, dy, rows, width, epsilon, false);
  }

  #norm(
    out: Storage,
    bias: Storage,
    x: Storage,
    gain: Storage,
    rows: number,
    width: number,
    epsilon: number,
    centred: boolean,
  ): void {
    const kernel = isInCells(width) ? "layerNorm" : "layerNormScalar";
    const parameters = [rows, cellsOf(width), floatBits(epsilon), Number(centred)];
    this.runRows(kernel, [out, bias, x, gain], parameters, rows);
  }

  #normGradient(
    dx: Storage,
    dgain: Storage | null,
    x: Storage,
    gain: Storage,
    dy: Storage,
    rows: number,
    width: number,
    epsilon: number,
    centred: boolean,
  ): void {
    const gains = this.alloc(rows * width);
    const kernel = isInCells(width) ? "layerNormGradient" : "layerNormGradientScalar";
    const parameters = [rows, cellsOf(width), floatBits(epsilon), Number(centred)];
    this.runRows(kernel, [dx, gains, x, gain, dy], parameters, rows);
    if (dgain) this.columnSums(dgain, gains, rows, width);
    this.free(gains);
  }

  /** Records one run of a kernel that goes about `rows` rows (see rows-*.wgsl). */
  protected runRows(
    name: RowKernelName,
    storages: readonly Storage[],
    parameters: readonly number[],
    rows: number,
  ): void {
    const alone = Math.max(Math.ceil(rows / ROWS_ALONE), Math.min(rows, GROUPS_ALONE));
    this.run(name, storages, parameters, this.software ? alone : rows);
  }

  /** out = scale · a · b for every pair of matrices, or that added to `out`. */
  protected products(
    out: Storage,
    outAt: Matrices,
    a: Storage,
    aAt: Matrices,
    b: Storage,
    bAt: Matrices,
    { scale = 1, accumulate = false }: { readonly scale?: number; readonly accumulate?: boolean } = {},
  ): void {
    const { batch, heads, rows, columns } = outAt;
    const matrices = batch * heads;
    const sizes = [matrices, heads, rows, aAt.columns, columns, floatBits(scale), Number(accumulate)];
    const blocks = matrices * Math.ceil(rows / 4) * Math.ceil(columns / 4);
    const parameters = [...aAt.strides, ...bAt.strides, ...outAt.strides, ...sizes];
    this.run("products", [out, a, b], parameters, loopThreads(blocks));
  }
}

/** How a weight or a table is stored, and the buffers that weight-*.wgsl declares for that. */
function storedAs(
  storage: Storage,
  channels: QuantizedStorage["channels"],
): { readonly format: BlockKernel["format"]; readonly buffers: readonly Storage[] } {
  const matrix = packed(storage, channels);
  if (!matrix) return { format: "f32", buffers: [storage] };
  const buffers = matrix.format === "i8" ? [matrix.codes, matrix.scales] : [matrix.codes];
  return { format: matrix.format, buffers };
}

/** Whether kernels go about rows of this width four numbers at a time (see cells-*.wgsl). */
export function isInCells(width: number): boolean {
  return width % 4 === 0;
}

/** How many steps that takes for a row, or for one of another width. */
export function cellsOf(width: number): number {
  return isInCells(width) ? width / 4 : width;
}

/** Workgroups for so many threads that compute a number each. */
export function threads(count: number): number {
  return Math.ceil(count / THREADS);
}

/** Workgroups for so many threads that run a long loop each. */
export function loopThreads(count: number): number {
  return Math.ceil(count / LOOP_THREADS);
}

/** The bits of a number as f32, the way parameters carry it. */
export function floatBits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!;
}
