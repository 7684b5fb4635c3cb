import type { LinearShape } from "../backend.ts";

/** Blocks of one workgroup (as in `linear.wgsl`). */
const WHOLE_BLOCKS = 32;
const SPLIT_BLOCKS = 4;
/** Numbers of one workgroup of `linear-scalar.wgsl`. */
const SCALAR_THREADS = 64;

/** More rows make enough blocks to fill a GPU without splitting them. */
const FEW_ROWS = 16;

const LAYOUTS = ["plain", "transposed"] as const;
const BLOCK_ROWS = [1, 4] as const;

/** An entry point of `linear.wgsl` and the rows of a block. */
export interface LinearKernel {
  readonly entryPoint: `${(typeof LAYOUTS)[number]}_${"whole" | "split"}`;
  readonly rows: (typeof BLOCK_ROWS)[number];
}

export type LinearName = `${LinearKernel["entryPoint"]}_${LinearKernel["rows"]}` | "linearScalar";

/** What computes a product: a kernel, its parameters, and the number of its workgroups. */
export interface LinearPlan {
  readonly kernel: LinearName;
  readonly parameters: readonly number[];
  readonly workgroups: number;
}

/** All kernels of `linear.wgsl` that `planLinear` may choose. */
export function linearKernels(split: boolean): LinearKernel[] {
  return LAYOUTS.flatMap((layout) => [
    ...BLOCK_ROWS.map((rows): LinearKernel => ({ entryPoint: `${layout}_${split ? "split" : "whole"}`, rows })),
    ...(split ? [{ entryPoint: `${layout}_whole`, rows: 4 } as const] : []),
  ]);
}

/**
 * Chooses the kernel for a product.
 * @param split whether products of few rows share the inner dimension of a block among threads
 */
export function planLinear(shape: LinearShape, biased: boolean, split: boolean): LinearPlan {
  const { rows, inner, columns, transposed = false, accumulate = false } = shape;
  const flags = [Number(accumulate), Number(biased)];
  if (inner % 4 !== 0 || (!transposed && columns % 4 !== 0)) {
    const strides = transposed ? [1, inner] : [columns, 1];
    return {
      kernel: "linearScalar",
      parameters: [rows, inner, columns, ...flags, ...strides],
      workgroups: Math.ceil((rows * columns) / SCALAR_THREADS),
    };
  }
  const layout = transposed ? "transposed" : "plain";
  const parts = split && rows <= FEW_ROWS ? "split" : "whole";
  const blockRows = rows === 1 ? 1 : 4;
  const blocks = Math.ceil(rows / blockRows) * Math.ceil(columns / 4);
  return {
    kernel: `${layout}_${parts}_${blockRows}`,
    parameters: [rows, inner / 4, columns, ...flags],
    workgroups: Math.ceil(blocks / (parts === "split" ? SPLIT_BLOCKS : WHOLE_BLOCKS)),
  };
}
