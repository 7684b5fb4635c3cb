import { EngineError } from "../errors.ts";
import type { QuantizedMatrix } from "../tensor/parameters.ts";
import { type TensorView, toFloat32 } from "./safetensors.ts";

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

/** Whether a tensor holds the scales of another and is no weight itself. */
export function isScale(name: string): boolean {
  return name.endsWith(SCALE_SUFFIX);
}

/**
 * The integers and scales of an I8 tensor.
 * @throws EngineError `missing-tensor`, `wrong-shape` or `not-finite` if it has no usable scales
 */
export function int8Weight(tensor: TensorView, tensors: ReadonlyMap<string, TensorView>): Int8Weight {
  const { name, shape, data } = tensor;
  const stored = tensors.get(name + SCALE_SUFFIX);
  if (!stored) throw new EngineError("missing-tensor", name + SCALE_SUFFIX);
  const [rows = 0, columns = 0] = shape;
  const scaleShape = stored.shape.join();
  if (shape.length !== 2 || (scaleShape !== `${rows},1` && scaleShape !== `1,${columns}`)) {
    const detail = `${stored.name}：文件里是 [${stored.shape}]，应当是 [${rows},1] 或 [1,${columns}]`;
    throw new EngineError("wrong-shape", detail);
  }
  const scales = toFloat32(stored);
  if (!scales.every(Number.isFinite)) throw new EngineError("not-finite", stored.name);
  return {
    codes: new Int8Array(data.buffer, data.byteOffset, data.byteLength),
    scales,
    // One row or one column alone: either way there is one scale for all of it.
    channels: scaleShape === `${rows},1` ? "rows" : "columns",
    columns,
  };
}

/** The weights as floats, [rows, columns]. */
export function dequantized({ codes, scales, channels, columns }: Int8Weight): Float32Array<ArrayBuffer> {
  return Float32Array.from(codes, (code, i) => {
    return code * scales[channels === "rows" ? Math.floor(i / columns) : i % columns]!;
  });
}
