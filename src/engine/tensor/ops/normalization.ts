import { EngineError } from "../../errors.ts";
import { sizeOf, type Tape, type Tensor } from "../tape.ts";
import { gradientOrScratch } from "./gradient-or-scratch.ts";

/**
 * Layer normalisation over the last axis (Ba et al. 2016), with the population's variance.
 *
 * @param x [..., width]
 * @param gain [width]
 * @param bias [width]
 * @param epsilon added to the variance
 * @returns [..., width]
 */
export function layerNorm(tape: Tape, x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor {
  const { backend } = tape;
  const width = sizeOf(gain.shape);
  if (x.shape.at(-1) !== width || sizeOf(bias.shape) !== width) {
    throw new EngineError("internal", `layerNorm: [${x.shape}], gain [${gain.shape}], bias [${bias.shape}]`);
  }
  const rows = sizeOf(x.shape) / width;
  const y = tape.result(x.shape, [x, gain, bias]);
  backend.layerNorm(y.storage, x.storage, gain.storage, bias.storage, rows, width, epsilon);
  tape.record(y, (dy) => {
    const dx = gradientOrScratch(tape, x);
    const trained = gain.gradient !== null || bias.gradient !== null;
    const parameters = trained ? { gain: gradientOrScratch(tape, gain), bias: gradientOrScratch(tape, bias) } : null;
    backend.layerNormGradient(dx, parameters, x.storage, gain.storage, dy, rows, width, epsilon);
  });
  return y;
}

/**
 * x / √(mean of x² + epsilon) · gain over the last axis: layer norm without mean and bias (Zhang & Sennrich 2019).
 *
 * @param x [..., width]
 * @param gain [width]
 * @returns [..., width]
 */
export function rmsNorm(tape: Tape, x: Tensor, gain: Tensor, epsilon: number): Tensor {
  const { backend } = tape;
  const width = sizeOf(gain.shape);
  if (x.shape.at(-1) !== width) throw new EngineError("internal", `rmsNorm: [${x.shape}], gain [${gain.shape}]`);
  const rows = sizeOf(x.shape) / width;
  const y = tape.result(x.shape, [x, gain]);
  backend.rmsNorm(y.storage, x.storage, gain.storage, rows, width, epsilon);
  tape.record(y, (dy) => {
    backend.rmsNormGradient(
      gradientOrScratch(tape, x),
      gain.gradient,
      x.storage,
      gain.storage,
      dy,
      rows,
      width,
      epsilon,
    );
  });
  return y;
}
