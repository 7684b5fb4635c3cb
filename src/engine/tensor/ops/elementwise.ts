import type { BinaryFunction, UnaryFunction } from "../../backends/operations.ts";
import { EngineError } from "../../errors.ts";
import { sizeOf, type Tape, type Tensor } from "../tape.ts";

function binary(f: BinaryFunction, tape: Tape, a: Tensor, b: Tensor): Tensor {
  const { backend } = tape;
  if (a.shape.join() !== b.shape.join()) throw new EngineError("internal", `${f}: [${a.shape}] and [${b.shape}]`);
  const length = sizeOf(a.shape);
  const y = tape.result(a.shape, [a, b]);
  backend.combine(f, y.storage, a.storage, b.storage, length);
  tape.record(y, (dy) => {
    if (a.gradient) backend.combineGradient(f, "a", a.gradient, a.storage, b.storage, dy, length);
    if (b.gradient) backend.combineGradient(f, "b", b.gradient, a.storage, b.storage, dy, length);
  });
  return y;
}

function unary(f: UnaryFunction, tape: Tape, x: Tensor, p?: number, q?: number): Tensor {
  const { backend } = tape;
  const length = sizeOf(x.shape);
  const y = tape.result(x.shape, [x]);
  backend.map(f, y.storage, x.storage, length, p, q);
  tape.record(y, (dy) => {
    if (x.gradient) backend.mapGradient(f, x.gradient, x.storage, dy, length, p, q);
  });
  return y;
}

/** a + b; equal shapes. */
export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return binary("add", tape, a, b);
}

/** a − b; equal shapes. */
export function subtract(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return binary("subtract", tape, a, b);
}

/** a · b, number by number; equal shapes. */
export function multiply(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return binary("multiply", tape, a, b);
}

/** The smaller of a and b; equal shapes. Where they are equal, each gets half of the gradient. */
export function minimum(tape: Tape, a: Tensor, b: Tensor): Tensor {
  return binary("minimum", tape, a, b);
}

/** scale · x + offset. */
export function affine(tape: Tape, x: Tensor, scale: number, offset = 0): Tensor {
  return unary("affine", tape, x, scale, offset);
}

/** x, held between `low` and `high`; no gradient flows where it is held. */
export function clamp(tape: Tape, x: Tensor, low: number, high: number): Tensor {
  return unary("clamp", tape, x, low, high);
}

/** eˣ. */
export function exp(tape: Tape, x: Tensor): Tensor {
  return unary("exp", tape, x);
}

/** x². */
export function square(tape: Tape, x: Tensor): Tensor {
  return unary("square", tape, x);
}

/** Hyperbolic tangent. */
export function tanh(tape: Tape, x: Tensor): Tensor {
  return unary("tanh", tape, x);
}

/** max(x, 0). */
export function relu(tape: Tape, x: Tensor): Tensor {
  return unary("relu", tape, x);
}

/** x · sigmoid(x) (Hendrycks & Gimpel 2016). */
export function silu(tape: Tape, x: Tensor): Tensor {
  return unary("silu", tape, x);
}

/** x · Φ(x) with the error function: BERT's (Hendrycks & Gimpel 2016). */
export function gelu(tape: Tape, x: Tensor): Tensor {
  return unary("gelu", tape, x);
}

/** The tanh form of `gelu`: GPT-2's "gelu_new". */
export function geluTanh(tape: Tape, x: Tensor): Tensor {
  return unary("geluTanh", tape, x);
}

/** log sigmoid(x) = −log(1 + e⁻ˣ), without overflow. */
export function logSigmoid(tape: Tape, x: Tensor): Tensor {
  return unary("logSigmoid", tape, x);
}
