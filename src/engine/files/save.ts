import type { Parameters } from "../tensor/parameters.ts";
import { sizeOf } from "../tensor/tape.ts";
import type { HostTensor } from "../tensor/trace.ts";

/** The weights of a model as a safetensors file in F32: what opened the model opens it again. @throws EngineError `device-lost`; `internal` if it has packed weights */
export async function saveParameters(parameters: Parameters): Promise<Uint8Array<ArrayBuffer>> {
  const all = [...parameters];
  const data = await parameters.backend.read(
    all.map(({ storage, shape }) => ({ storage, offset: 0, length: sizeOf(shape) })),
  );
  return formatSafetensors(new Map(all.map(({ name, shape }, i) => [name, { shape, data: data[i]! }])));
}

/** A safetensors file (Hugging Face 2022) of F32 tensors, in the order of the map. */
export function formatSafetensors(tensors: ReadonlyMap<string, HostTensor>): Uint8Array<ArrayBuffer> {
  const entries: Record<string, { dtype: "F32"; shape: readonly number[]; data_offsets: [number, number] }> = {};
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    entries[name] = { dtype: "F32", shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(entries));
  // Spaces bring the data to a multiple of 8 bytes, as the format's own writer does, so that readers need not copy it.
  const headerLength = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(text, 8);
  let position = 8 + headerLength;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}
