import type { BinaryFunction, UnaryFunction } from "../operations.ts";

/** A function and its derivatives, as WGSL expressions with the helpers of map.wgsl. */
interface Unary {
  readonly value: string;
  readonly slope: string;
}

export const UNARY: Readonly<Record<UnaryFunction, Unary>> = {
  affine: { value: "shape.p * x + shape.q", slope: "shape.p" },
  clamp: { value: "clamp(x, shape.p, shape.q)", slope: "select(0f, 1f, x >= shape.p && x <= shape.q)" },
  exp: { value: "exp(x)", slope: "exp(x)" },
  gelu: { value: "x * normal_cumulative(x)", slope: "normal_cumulative(x) + x * normal_density(x)" },
  geluTanh: { value: "x * gelu_gate(x)", slope: "gelu_gate(x) * (1 + x * (1 - gelu_gate(x)) * gelu_gate_slope(x))" },
  logSigmoid: { value: "-softplus(-x)", slope: "logistic(-x)" },
  relu: { value: "max(x, 0f)", slope: "select(0f, 1f, x > 0)" },
  silu: { value: "x * logistic(x)", slope: "logistic(x) * (1 + x * logistic(-x))" },
  square: { value: "x * x", slope: "2 * x" },
  tanh: { value: "hyperbolic_tangent(x)", slope: "4 * logistic(2 * x) * logistic(-2 * x)" }, // 1 / cosh²
};

interface Binary {
  readonly value: string;
  readonly slopeA: string;
  readonly slopeB: string;
}

export const BINARY: Readonly<Record<BinaryFunction, Binary>> = {
  add: { value: "a + b", slopeA: "1f", slopeB: "1f" },
  subtract: { value: "a - b", slopeA: "1f", slopeB: "-1f" },
  multiply: { value: "a * b", slopeA: "b", slopeB: "a" },
  // Half to each side where they are equal.
  minimum: {
    value: "min(a, b)",
    slopeA: "0.5 * (step(a, b) + 1 - step(b, a))",
    slopeB: "0.5 * (step(b, a) + 1 - step(a, b))",
  },
};

/** `f` and `slope` of map.wgsl. */
export function unarySource({ value, slope }: Unary): string {
  return `fn f(x: f32) -> f32 { return ${value}; }\nfn slope(x: f32) -> f32 { return ${slope}; }\n`;
}

/** `f` and `slope` of combine.wgsl. */
export function binarySource(value: string, slope: string): string {
  return `fn f(a: f32, b: f32) -> f32 { return ${value}; }\nfn slope(a: f32, b: f32) -> f32 { return ${slope}; }\n`;
}
