import { type TensorView, toFloat32 } from "../src/engine/files/safetensors.ts";

/** GPT-2 stores these as [inputs, outputs]; the token table has one vector in each row. */
const CONV1D = /\.(c_attn|c_proj|c_fc)\.weight$/;
const TABLE = /wte\.weight$/;

/**
 * The same model in 8 bits, as `python3 -m training quantize` writes it: matrices as integers with a scale for each output, everything else as
 * it is.
 *
 * @returns a safetensors file
 */
export function quantizedSafetensors(tensors: ReadonlyMap<string, TensorView>): Uint8Array<ArrayBuffer> {
  const parts: Omit<TensorView, "data">[] = [];
  const data: Uint8Array[] = [];
  const add = (name: string, dtype: TensorView["dtype"], shape: readonly number[], bytes: Uint8Array): void => {
    parts.push({ name, dtype, shape });
    data.push(bytes);
  };
  for (const tensor of tensors.values()) {
    const { name, shape } = tensor;
    if (!CONV1D.test(name) && !TABLE.test(name)) {
      add(name, tensor.dtype, shape, tensor.data);
      continue;
    }
    const byColumns = CONV1D.test(name);
    const [rows = 0, columns = 0] = shape;
    const weight = toFloat32(tensor);
    const channel = (i: number): number => (byColumns ? i % columns : Math.floor(i / columns));
    const scales = new Float32Array(byColumns ? columns : rows);
    weight.forEach((value, i) => {
      scales[channel(i)] = Math.max(scales[channel(i)]!, Math.abs(value) / 127);
    });
    const codes = Int8Array.from(weight, (value, i) => Math.round(value / (scales[channel(i)]! || 1)));
    add(name, "I8", shape, new Uint8Array(codes.buffer));
    add(`${name}.scale`, "F32", byColumns ? [1, columns] : [rows, 1], new Uint8Array(scales.buffer));
  }
  return safetensors(parts, data);
}

function safetensors(parts: readonly Omit<TensorView, "data">[], data: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries = parts.map(({ name, dtype, shape }, i) => {
    const begin = end;
    end += data[i]!.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerLength = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(header, 8);
  let position = 8 + headerLength;
  for (const bytes of data) {
    file.set(bytes, position);
    position += bytes.length;
  }
  return file;
}
