import type {
  AttentionShape,
  BatchAttentionShape,
  BinaryFunction,
  LinearShape,
  Storage,
  UnaryFunction,
} from "../backend.ts";
import { packed, type QuantizedStorage } from "../packed.ts";
import type { BlockKernel } from "./blocks.ts";
import type { Kernels, RowKernelName } from "./kernels.ts";
import { planLinear } from "./linear.ts";
import { attentionMatrices, type Matrices, transpose } from "./matrices.ts";
import { WebGpuMemory } from "./memory.ts";

/** Threads of a workgroup (as in `common.wgsl`). */
const THREADS = 256;
const LOOP_THREADS = 64;

/** Threads of a workgroup of `rows-alone.wgsl`, each of which takes a row, and the workgroups among which few rows are shared out. */
const ROWS_ALONE = 4;
const GROUPS_ALONE = 2;

/** The operations that compute results; `WebGpuBackend` adds the way back. */
export abstract class ForwardOperations extends WebGpuMemory {
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

  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate = false): void {
    const parameters = [rows, width, Number(accumulate)];
    const { format, buffers } = storedAs(table, "rows");
    // The third buffer is not looked at.
    this.run(`gather:${format}`, [out, indices, indices, ...buffers], parameters, threads(rows * width));
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
    const kernel = isInCells(width) ? "layerNorm" : "layerNormScalar";
    this.runRows(kernel, [out, bias, x, gain], [rows, cellsOf(width), floatBits(epsilon)], rows);
  }

  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void {
    const { format, buffers } = storedAs(weight, shape.transposed ? "rows" : "columns");
    const { kernel, parameters, workgroups } = planLinear(shape, format, bias !== null, this.software);
    // Every binding needs a buffer; without a bias the kernel never looks at this one.
    this.run(kernel, [out, x, bias ?? x, ...buffers], parameters, workgroups);
  }

  map(f: UnaryFunction, out: Storage, x: Storage, length: number, p = 0, q = 0): void {
    const parameters = [length, floatBits(p), floatBits(q)];
    if (out === x) this.run(`map:${f}:in_place`, [out], parameters, threads(length));
    else this.run(`map:${f}:main`, [out, x], parameters, threads(length));
  }

  combine(f: BinaryFunction, out: Storage, a: Storage, b: Storage, length: number): void {
    const workgroups = threads(length);
    if (out === a && out === b) this.run(`combine:${f}:into_both`, [out], [length], workgroups);
    else if (out === a) this.run(`combine:${f}:into_a`, [out, b, b], [length], workgroups);
    else if (out === b) this.run(`combine:${f}:into_b`, [out, a], [length], workgroups);
    else this.run(`combine:${f}:main`, [out, a, b], [length], workgroups);
  }

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
    { tokens, heads, headWidth, pathStride }: AttentionShape,
  ): void {
    const scale = floatBits(1 / Math.sqrt(headWidth));
    this.runRows(
      isInCells(headWidth) ? "attention" : "attentionScalar",
      [out, pattern, qkv, keys, values, paths, spans],
      [tokens, heads, cellsOf(headWidth), pathStride, scale],
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
    const { batch, queries, keys, heads, headWidth, causal } = shape;
    const { byQuery, byKey, weights } = attentionMatrices(shape);
    this.products(pattern, weights, q, byQuery, k, transpose(byKey), { scale: 1 / Math.sqrt(headWidth) });
    const rows = batch * heads * queries;
    this.runRows("softmax", [pattern, lengths], [rows, heads, queries, keys, Number(causal)], rows);
    this.products(out, byQuery, pattern, weights, v, byKey);
  }

  crossEntropy(out: Storage, logits: Storage, targets: Storage, rows: number, columns: number): void {
    this.runRows("crossEntropy", [out, logits, targets], [rows, columns], rows);
  }

  entropy(out: Storage, logits: Storage, rows: number, columns: number): void {
    this.runRows("entropy", [out, logits], [rows, columns], rows);
  }

  lstmCell(hidden: Storage, cell: Storage, gates: Storage, previousCell: Storage, rows: number, width: number): void {
    this.run("lstmCell", [hidden, cell, gates, previousCell], [rows, width], threads(rows * width));
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
