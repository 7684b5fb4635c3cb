/** A tensor to be written: its data as they stand in the file. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A safetensors file of these tensors. */
export function writeSafetensors(tensors: ReadonlyMap<string, StoredTensor>): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header = [...tensors].map(([name, { dtype, shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const bytes = new Uint8Array(8 + json.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const { data } of tensors.values()) {
    bytes.set(data, at);
    at += data.byteLength;
  }
  return bytes;
}

/** Files as a reader drops them. */
export function asFiles(files: Readonly<Record<string, Uint8Array<ArrayBuffer> | string>>): File[] {
  return Object.entries(files).map(([name, content]) => new File([content], name));
}
