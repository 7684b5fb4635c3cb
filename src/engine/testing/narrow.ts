import { type TensorView, toFloat32 } from "../files/safetensors.ts";
import type { StoredTensor } from "./folders.ts";

/** Numbers in fewer bits, as training writes them: to the nearest, ties to even. */

export function toBFloat16(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bits = new Uint32Array(values.slice().buffer);
  return new Uint8Array(Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16).buffer);
}

/** For normal numbers; smaller ones become 0. */
export function toFloat16(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bits = new Uint32Array(values.slice().buffer);
  const halves = Uint16Array.from(bits, (word) => {
    const sign = (word >>> 16) & 0x8000;
    const rounded = (word & 0x7fff_ffff) + 0xfff + ((word >>> 13) & 1);
    const exponent = (rounded >>> 23) - 112;
    return exponent <= 0 ? sign : sign | (exponent << 10) | ((rounded >>> 13) & 0x3ff);
  });
  return new Uint8Array(halves.buffer);
}

/** Integers from −127 to 127 and the scale of each row or column. */
export function toInt8(values: Float32Array, columns: number, channels: "rows" | "columns") {
  const channelOf = (i: number): number => (channels === "rows" ? Math.floor(i / columns) : i % columns);
  const count = channels === "rows" ? values.length / columns : columns;
  const scales = new Float32Array(count);
  values.forEach((value, i) => {
    scales[channelOf(i)] = Math.max(scales[channelOf(i)]!, Math.abs(value) / 127);
  });
  return { values: Int8Array.from(values, (value, i) => Math.round(value / (scales[channelOf(i)] || 1))), scales };
}

/** All weights in half precision. */
export function inHalves(all: ReadonlyMap<string, TensorView>): Map<string, TensorView> {
  const narrowed = (tensor: TensorView) => ({ ...tensor, dtype: "F16" as const, data: toFloat16(toFloat32(tensor)) });
  return new Map([...all].map(([name, tensor]) => [name, narrowed(tensor)]));
}

/** All matrices in 8 bits. */
export function inInt8(all: ReadonlyMap<string, TensorView>, channels: "rows" | "columns"): Map<string, StoredTensor> {
  const narrowed = new Map<string, StoredTensor>(all);
  for (const [name, tensor] of all) {
    if (tensor.shape.length !== 2) continue;
    const [rows = 0, columns = 0] = tensor.shape;
    const { values, scales } = toInt8(toFloat32(tensor), columns, channels);
    const scaleShape = channels === "rows" ? [rows, 1] : [1, columns];
    narrowed.set(name, { dtype: "I8", shape: tensor.shape, data: new Uint8Array(values.buffer) });
    narrowed.set(`${name}.scale`, { dtype: "F32", shape: scaleShape, data: new Uint8Array(scales.buffer) });
  }
  return narrowed;
}
