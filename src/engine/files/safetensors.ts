import { EngineError } from "../errors.ts";
import { halvesToFloat32 } from "../tensor/half.ts";
import { JsonObject, parseJson } from "./json.ts";
import { expectNoPointer } from "./lfs.ts";

/**
 * The safetensors format (Hugging Face 2022): u64 length of the header, header in JSON (name → dtype, shape, place in the
 * data), data. All little-endian, as every machine that runs a browser today.
 */

/** Element types with their size in bytes; `toFloat32` takes the floating-point ones to 32 bits. Others are nobody's business as long as nobody asks for such a tensor. */
const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

/** A tensor as it stands in its file: row-major, not converted, not copied. */
export interface TensorView {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The bytes in the file's own buffer; their offset need not be a multiple of the element size. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What a file's header says of one tensor. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where its bytes begin and end, counted from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

/** The limit of the reference implementation: what asks for more is not a safetensors file. */
const MAX_HEADER_BYTES = 100_000_000;

/** Bytes in front of the header, which hold its length. */
export const PREFIX_BYTES = 8;

/**
 * Length of the header in bytes, from the beginning of a file.
 * @throws EngineError `truncated`, `bad-file`
 */
export function headerBytes(start: Uint8Array, file: string): number {
  expectNoPointer(start, file);
  if (start.length < PREFIX_BYTES) throw new EngineError("truncated", file);
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) throw new EngineError("bad-file", `${file} 不是 safetensors 文件`);
  return length;
}

/**
 * The tensors of a file, from its header alone, in the order of their data. As in the reference implementation, they must fill the data
 * without gaps and without overlaps, so a damaged header does not pass.
 *
 * @param available bytes behind the header
 * @throws EngineError `truncated`: the header speaks of bytes that are not there
 * @throws EngineError `bad-file`: not a valid safetensors file
 */
export function parseHeader(header: Uint8Array, available: number, file: string): TensorInfo[] {
  const fields = new JsonObject(parseJson(header, `${file} 的文件头`), file);
  const names = fields.keys().filter((name) => name !== "__metadata__");
  const entries = names.map((name) => readEntry(name, fields.object(name)));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);

  let position = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== position) throw new EngineError("bad-file", `${file}: ${name} 与前一个张量重叠或有空隙`);
    position = end;
  }
  if (position > available) throw new EngineError("truncated", file);
  if (position < available) throw new EngineError("bad-file", `${file}: 末尾多出 ${available - position} 字节`);
  return entries;
}

/** The tensors of a whole file, as views of it. Errors as in `headerBytes` and `parseHeader`. */
export function parseSafetensors(bytes: ArrayBuffer, file = "model.safetensors"): Map<string, TensorView> {
  const length = headerBytes(new Uint8Array(bytes), file);
  const dataStart = PREFIX_BYTES + length;
  if (dataStart > bytes.byteLength) throw new EngineError("truncated", file);
  const entries = parseHeader(new Uint8Array(bytes, PREFIX_BYTES, length), bytes.byteLength - dataStart, file);
  return new Map(
    entries.map(({ name, dtype, shape, begin, end }) => {
      const data = new Uint8Array(bytes, dataStart + begin, end - begin);
      return [name, { name, dtype, shape, data }];
    }),
  );
}

function readEntry(name: string, fields: JsonObject): TensorInfo {
  const dtype = fields.string("dtype");
  const shape = fields.integers("shape");
  const [begin, end, ...rest] = fields.integers("data_offsets");
  if (begin === undefined || end === undefined || rest.length > 0 || end < begin) {
    return fields.fail("data_offsets", "应是 [起点, 终点]");
  }
  const size = shape.reduce((product, length) => product * length, ELEMENT_BYTES[dtype] ?? Number.NaN);
  const isKnown = Object.hasOwn(ELEMENT_BYTES, dtype);
  if (isKnown && size !== end - begin) fields.fail("shape", `要 ${size} 字节，文件里有 ${end - begin} 字节`);
  return { name, dtype, shape, begin, end };
}

/**
 * The numbers of an F64, F32, F16 or BF16 tensor as F32, exactly but for F64. F32 data that is aligned comes back as a view of the file's
 * own memory: read it, do not write to it.
 *
 * @throws EngineError `unsupported-model` for other types
 */
export function toFloat32(tensor: TensorView): Float32Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = alignedData(tensor);
  switch (tensor.dtype) {
    case "F64":
      return Float32Array.from(new Float64Array(buffer, byteOffset, byteLength / 8));
    case "F32":
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case "F16":
      return halvesToFloat32(toHalves(tensor));
    case "BF16":
      return brainFloatsToFloat32(new Uint16Array(buffer, byteOffset, byteLength / 2));
    default:
      throw new EngineError("unsupported-model", `${tensor.name} 的数据类型 ${tensor.dtype}`);
  }
}

/** The bits of the numbers of an F16 tensor; where they are aligned, a view of the file's own memory. */
export function toHalves(tensor: TensorView): Uint16Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = alignedData(tensor);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

/** Typed arrays need an offset that is a multiple of their element size; data that stands elsewhere is copied. */
function alignedData({ dtype, data }: TensorView): Uint8Array<ArrayBuffer> {
  return data.byteOffset % (ELEMENT_BYTES[dtype] ?? 1) === 0 ? data : data.slice();
}

/** BF16 is the upper half of F32. */
function brainFloatsToFloat32(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
}
