import type {
  BinaryFunction,
  ElementwiseOperations,
  LayerOperations,
  LinearShape,
  UnaryFunction,
} from "../operations.ts";
import { packed } from "../packed.ts";
import type { Storage } from "../storage.ts";
import type { Arena } from "./arena.ts";
import type { KernelExports } from "./kernels.generated.ts";
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
  silu: 7,
  square: 8,
  tanh: 9,
};
const BINARY: Readonly<Record<BinaryFunction, number>> = { add: 0, subtract: 1, multiply: 2, minimum: 3 };

/** What most layers are made of, number by number and matrix by matrix; `CpuBackend` adds the rest. */
export abstract class CpuLayers extends CpuMemory implements ElementwiseOperations, LayerOperations {
  protected readonly kernels: KernelExports;

  constructor(arena: Arena, kernels: KernelExports) {
    super(arena);
    this.kernels = kernels;
  }

  copy(out: Storage, source: Storage, length: number): void {
    this.kernels.copy(...addresses(out, source), length);
  }

  fill(out: Storage, value: number, length: number): void {
    this.kernels.fill(...addresses(out), value, length);
  }

  map(f: UnaryFunction, out: Storage, x: Storage, length: number, p = 0, q = 0): void {
    this.kernels.map(UNARY[f], ...addresses(out, x), length, p, q);
  }

  mapGradient(f: UnaryFunction, dx: Storage, x: Storage, dy: Storage, length: number, p = 0, q = 0): void {
    this.kernels.mapGradient(UNARY[f], ...addresses(dx, x, dy), length, p, q);
  }

  combine(f: BinaryFunction, out: Storage, a: Storage, b: Storage, length: number): void {
    this.kernels.combine(BINARY[f], ...addresses(out, a, b), length);
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
    this.kernels.combineGradient(BINARY[f], operand === "b", ...addresses(d, by, other, dy), length);
  }

  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void {
    const { rows, inner, columns, transposed = false, accumulate = false } = shape;
    const [biasAddress] = bias ? addresses(bias) : [0];
    const small = packed(weight, transposed ? "rows" : "columns");
    if (small?.format === "i8") {
      const operands = addresses(out, x, small.codes, small.scales);
      const sums = this.scratchFor(rows * columns);
      this.kernels.linearI8(...operands, biasAddress, sums, rows, inner, columns, transposed, accumulate);
    } else {
      const operands = addresses(out, x, small?.codes ?? weight);
      const half = small !== null;
      this.kernels.linear(...operands, biasAddress, rows, inner, columns, transposed, accumulate, half);
    }
  }

  columnSums(out: Storage, x: Storage, rows: number, columns: number): void {
    this.kernels.columnSums(...addresses(out, x), rows, columns);
  }

  outerProducts(out: Storage, a: Storage, b: Storage, rows: number, aWidth: number, bWidth: number): void {
    this.kernels.outerProducts(...addresses(out, a, b), rows, aWidth, bWidth);
  }

  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate = false): void {
    const weight = packed(table, "rows");
    if (weight?.format === "i8") {
      const operands = addresses(out, weight.codes, weight.scales, indices);
      this.kernels.gatherI8(...operands, rows, width, accumulate);
    } else {
      const operands = addresses(out, weight?.codes ?? table, indices);
      this.kernels.gather(...operands, rows, width, accumulate, weight !== null);
    }
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
    this.kernels.scatterAdd(...addresses(table, x, order, starts, targets), groups, width);
  }

  scatter(table: Storage, x: Storage, indices: Storage, rows: number, width: number): void {
    this.kernels.scatter(...addresses(table, x, indices), rows, width);
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
    this.kernels.layerNorm(...addresses(out, x, gain, bias), rows, width, epsilon, true);
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
    this.kernels.layerNormGradient(dxAddress, dgain, dbias, ...operands, rows, width, epsilon, true);
  }

  rmsNorm(out: Storage, x: Storage, gain: Storage, rows: number, width: number, epsilon: number): void {
    this.kernels.layerNorm(...addresses(out, x, gain), 0, rows, width, epsilon, false);
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
    const [gains] = dgain ? addresses(dgain) : [0];
    const [dxAddress, ...operands] = addresses(dx, x, gain, dy);
    this.kernels.layerNormGradient(dxAddress, gains, 0, ...operands, rows, width, epsilon, false);
  }
}
