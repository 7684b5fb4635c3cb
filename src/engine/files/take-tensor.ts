import { EngineError } from "../errors.ts";
import type { PackedMatrix } from "../tensor/parameters.ts";
import { channelsOf, dequantized, int8Weight } from "./quantized.ts";
import { type TensorInfo, type TensorView, toFloat32, toHalves } from "./safetensors.ts";

/**
 * The numbers of one tensor of a checkpoint, which must be there, have this shape and be finite. I8 tensors are multiplied with their scales.
 * @throws EngineError `missing-tensor`, `wrong-shape`, `not-finite`; `unsupported-model` for an element type that holds no weights
 */
export function takeTensor(
  tensors: ReadonlyMap<string, TensorView>,
  name: string,
  shape: readonly number[],
): Float32Array {
  const tensor = findTensor(tensors, name, shape);
  const data = tensor.dtype === "I8" ? dequantized(int8Weight(tensor, tensors)) : toFloat32(tensor);
  if (!data.every(Number.isFinite)) throw new EngineError("not-finite", name);
  return data;
}

/**
 * In which format a weight stays in memory while nothing is trained; null if it becomes floats. F16 and 8-bit matrices stay what they are, the
 * latter if their scales are those of the layer's outputs, as only then can they be multiplied after the sum.
 *
 * @param outputs along which axis of the matrix the layer's outputs lie
 * @throws EngineError as `channelsOf`
 */
export function packedFormat(
  name: string,
  tensor: Pick<TensorInfo, "dtype" | "shape">,
  tensors: ReadonlyMap<string, Pick<TensorInfo, "shape">>,
  outputs: "rows" | "columns",
): PackedMatrix["format"] | null {
  if (tensor.dtype === "I8") return channelsOf(name, tensor, tensors) === outputs ? "i8" : null;
  return tensor.dtype === "F16" && tensor.shape.length === 2 ? "f16" : null;
}

/** A tensor as it is stored, if that is how it stays (`packedFormat`). Errors as in `takeTensor`. */
export function takePacked(
  tensors: ReadonlyMap<string, TensorView>,
  name: string,
  shape: readonly number[],
  outputs: "rows" | "columns",
): PackedMatrix | null {
  const tensor = findTensor(tensors, name, shape);
  const format = packedFormat(name, tensor, tensors, outputs);
  if (format === "i8") return int8Weight(tensor, tensors);
  if (format === null) return null;
  const codes = toHalves(tensor);
  if (!allFinite(codes)) throw new EngineError("not-finite", name);
  return { format, codes };
}

/** Half precision marks infinities and NaN by an exponent of ones. */
function allFinite(halves: Uint16Array): boolean {
  // Millions of them, once, before the first token: a loop over indices is several times faster than one over values.
  for (let i = 0; i < halves.length; i++) if ((halves[i]! & 0x7c00) === 0x7c00) return false;
  return true;
}

function findTensor(tensors: ReadonlyMap<string, TensorView>, name: string, shape: readonly number[]): TensorView {
  const tensor = tensors.get(name);
  if (!tensor) throw new EngineError("missing-tensor", name);
  if (tensor.shape.join() !== shape.join()) {
    throw new EngineError("wrong-shape", `${name}：文件里是 [${tensor.shape}]，应当是 [${shape}]`);
  }
  return tensor;
}
