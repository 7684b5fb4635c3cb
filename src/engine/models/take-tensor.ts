import { EngineError } from "../errors.ts";
import { dequantized, type Int8Weight, int8Weight } from "./quantized.ts";
import { type TensorView, toFloat32 } from "./safetensors.ts";

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

/** A tensor as it is stored, if that is in 8 bits. Errors as in `takeTensor`. */
export function takeInt8(
  tensors: ReadonlyMap<string, TensorView>,
  name: string,
  shape: readonly number[],
): Int8Weight | null {
  const tensor = findTensor(tensors, name, shape);
  return tensor.dtype === "I8" ? int8Weight(tensor, tensors) : null;
}

function findTensor(tensors: ReadonlyMap<string, TensorView>, name: string, shape: readonly number[]): TensorView {
  const tensor = tensors.get(name);
  if (!tensor) throw new EngineError("missing-tensor", name);
  if (tensor.shape.join() !== shape.join()) {
    throw new EngineError("wrong-shape", `${name}：文件里是 [${tensor.shape}]，应当是 [${shape}]`);
  }
  return tensor;
}
