import { EngineError } from "../errors.ts";
import type { QuantizedMatrix } from "../tensor/parameters.ts";
import { type TensorInfo, type TensorView, toFloat32 } from "./safetensors.ts";

/** A tensor `x` of type I8 has its scales beside it, as the F32 tensor `x.scale`. */
const SCALE_SUFFIX = ".scale";

/**
 * Weights as 8-bit integers with one scale per channel, which halves a half-precision file once more: weight ≈ code · scale, with codes
 * from −127 to 127 and scale = largest magnitude of the channel / 127 ("absmax", as in Dettmers et al. 2022).
 *
 * The scales are [rows, 1] or [1, columns]: the axis that is not 1 is that of the channels. It should be that of the layer's outputs: the
 * columns of GPT-2's `Conv1D` weights, the rows of PyTorch's `nn.Linear` weights and of embeddings.
 */
export interface Int8Weight extends QuantizedMatrix {
  readonly columns: number;
}

/**
 * Which axis of an I8 tensor is that of its channels, by the shape of its scales.
 * @throws EngineError `missing-tensor` or `wrong-shape` if it has no usable scales
 */
export function channelsOf(
  name: string,
  { shape }: Pick<TensorInfo, "shape">,
  tensors: ReadonlyMap<string, Pick<TensorInfo, "shape">>,
): Int8Weight["channels"] {
  const scales = tensors.get(name + SCALE_SUFFIX);
  if (!scales) throw new EngineError("missing-tensor", name + SCALE_SUFFIX);
  const [rows = 0, columns = 0] = shape;
  if (shape.length === 2 && scales.shape.join() === `${rows},1`) return "rows";
  if (shape.length === 2 && scales.shape.join() === `1,${columns}`) return "columns";
  const detail = `${name}${SCALE_SUFFIX}：文件里是 [${scales.shape}]，应当是 [${rows},1] 或 [1,${columns}]`;
  throw new EngineError("wrong-shape", detail);
}

/** The integers and scales of an I8 tensor. @throws EngineError as `channelsOf`; `not-finite` */
export function int8Weight(tensor: TensorView, tensors: ReadonlyMap<string, TensorView>): Int8Weight {
  const { name, shape, data } = tensor;
  const channels = channelsOf(name, tensor, tensors);
  const stored = tensors.get(name + SCALE_SUFFIX)!;
  const scales = toFloat32(stored);
  if (!scales.every(Number.isFinite)) throw new EngineError("not-finite", stored.name);
  const codes = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
  return { format: "i8", codes, scales, channels, columns: shape[1] ?? 0 };
}

/** The weights as floats, [rows, columns]. */
export function dequantized({ codes, scales, channels, columns }: Int8Weight): Float32Array<ArrayBuffer> {
  return Float32Array.from(codes, (code, i) => {
    return code * scales[channels === "rows" ? Math.floor(i / columns) : i % columns]!;
  });
}
