import type { LinearShape } from "../operations.ts";
import type { BlockKernel } from "./blocks.ts";

/** Numbers of one workgroup of `linear-scalar.wgsl`. */
const SCALAR_THREADS = 64;

/** More rows make enough blocks to fill a graphics card without sharing them. */
const FEW_ROWS = 16;

/** A software adapter's blocks have so many rows, or fewer where there are fewer: none is computed in vain. */
const BLOCK_ROWS = 8;

/** Numbers of rows for which there are kernels of their own. */
const ROWS = [...Array.from({ length: BLOCK_ROWS }, (_, i) => 1 + i), FEW_ROWS + 1];

/** Name of a kernel that multiplies matrices. */
export type ProductName =
  | `${BlockKernel["product"]}:${BlockKernel["format"]}:${BlockKernel["rows"]}:${"alone" | "shared"}`
  | `linearScalar:${BlockKernel["format"]}`;

/** What computes a product: a kernel, its parameters, and the number of its workgroups. */
export interface ProductPlan {
  readonly kernel: ProductName;
  readonly parameters: readonly number[];
  readonly workgroups: number;
}

/**
 * The size of blocks and workgroups. A software adapter loads every single number with a branch of its own: there, large blocks with few loads
 * win. A graphics card wants many threads, and where a product has few rows, several for each block.
 */
function blockSizes(rows: number, software: boolean): BlockSizes {
  if (software) return { rows: Math.min(rows, BLOCK_ROWS), columns: rows === 1 ? 8 : 16, blocks: 8, lanes: 1 };
  const shared = rows <= FEW_ROWS;
  return { rows: rows === 1 ? 1 : 4, columns: 4, blocks: shared ? 4 : 32, lanes: shared ? 16 : 1 };
}

/** All kernels that the plans below may choose. */
export function productKernels(software: boolean): Map<string, BlockKernel> {
  const kernels = new Map<string, BlockKernel>();
  for (const product of ["plain", "ragged", "transposed", "outer"] as const) {
    for (const format of product === "outer" ? (["f32"] as const) : (["f32", "f16", "i8"] as const)) {
      for (const rows of ROWS) {
        const size = blockSizes(rows, software);
        kernels.set(kernelName(product, format, size), { product, format, ...size });
      }
    }
  }
  return kernels;
}

/** Those that inference runs, with weights as most files have them and the backend keeps them: for prompts, and for single tokens. */
export function inferenceProducts(
  format: "f32" | "f16",
  software: boolean,
): Record<"prompts" | "tokens", readonly ProductName[]> {
  const choose = (rows: number, transposed = false) =>
    planLinear({ rows, inner: 4, columns: 4, transposed }, format, true, software).kernel;
  return { prompts: [choose(FEW_ROWS), choose(2 * FEW_ROWS)], tokens: [choose(1), choose(1, true)] };
}

type BlockSizes = Pick<BlockKernel, "rows" | "columns" | "blocks" | "lanes">;

function kernelName(product: BlockKernel["product"], format: BlockKernel["format"], { rows, lanes }: BlockSizes) {
  return `${product}:${format}:${rows}:${lanes === 1 ? "alone" : "shared"}` as const;
}

/** Chooses the kernel for the product of a linear layer. */
export function planLinear(
  shape: LinearShape,
  format: BlockKernel["format"],
  biased: boolean,
  software: boolean,
): ProductPlan {
  const { rows, inner, columns, transposed = false, accumulate = false } = shape;
  const flags = [Number(accumulate), Number(biased)];
  if ((transposed ? inner : columns) % 4 !== 0) {
    const strides = transposed ? [1, inner] : [columns, 1];
    return {
      kernel: `linearScalar:${format}`,
      parameters: [rows, inner, columns, ...flags, ...strides],
      workgroups: Math.ceil((rows * columns) / SCALAR_THREADS),
    };
  }
  // Cells of the inner dimension save a software adapter little, and make more code to compile: too much where blocks are largest.
  const single = inner % 4 !== 0 || (software && rows >= BLOCK_ROWS);
  const product = transposed ? "transposed" : single ? "ragged" : "plain";
  const steps = product === "ragged" ? inner : inner / 4;
  return planBlocks(product, format, [rows, steps, columns, ...flags], software);
}

/** Chooses the kernel for the gradient of a weight, [rows × columns] over `inner` rows of activations; null if the columns are not a multiple of 4. */
export function planOuter(rows: number, inner: number, columns: number, software: boolean): ProductPlan | null {
  if (columns % 4 !== 0) return null;
  return planBlocks("outer", "f32", [rows, inner, columns, 1, 0], software);
}

function planBlocks(
  product: BlockKernel["product"],
  format: BlockKernel["format"],
  parameters: readonly [rows: number, steps: number, columns: number, ...flags: number[]],
  software: boolean,
): ProductPlan {
  const [rows, , columns] = parameters;
  const size = blockSizes(rows, software);
  const blocks = Math.ceil(rows / size.rows) * Math.ceil(columns / size.columns);
  return {
    kernel: kernelName(product, format, size),
    parameters,
    workgroups: Math.ceil(blocks / size.blocks),
  };
}
