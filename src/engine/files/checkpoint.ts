import { EngineError } from "../errors.ts";
import type { ModelFolder } from "./folder.ts";
import { JsonObject, parseJson } from "./json.ts";
import {
  headerBytes,
  PREFIX_BYTES,
  parseHeader,
  parseSafetensors,
  type TensorInfo,
  type TensorView,
} from "./safetensors.ts";

/** The weights of a folder: one file, or an index and the shards that it names (transformers writes several above 50 GB or as told). */
export interface WeightFiles {
  /** Null where the weights are in one file. */
  readonly index: string | null;
  readonly shards: readonly string[];
}

const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
/** The first request for a header asks for this much; the header of a model with a thousand tensors fits. */
const FIRST_BYTES = 1 << 17;

/** Where the folder's weights are; null if it has none in safetensors. Errors as `ModelFolder.stat` and `read`, and `bad-file`. */
export async function findWeights(folder: ModelFolder, signal?: AbortSignal): Promise<WeightFiles | null> {
  if (await folder.stat(SINGLE, signal)) return { index: null, shards: [SINGLE] };
  if (!(await folder.stat(INDEX, signal))) return null;
  const json = new JsonObject(parseJson(await folder.read(INDEX, { signal }), INDEX), INDEX);
  const map = json.object("weight_map");
  const shards = [...new Set(map.keys().map((name) => map.string(name)))].sort();
  // The names become parts of addresses.
  if (!shards.every((shard) => /^[\w-][\w.-]*\.safetensors$/.test(shard))) json.fail("weight_map", "不是文件名");
  return { index: INDEX, shards };
}

/**
 * What all shards say of their tensors, without their data.
 * @throws EngineError as `ModelFolder.slice` and `parseHeader`; `not-found` for a shard that is missing
 */
export async function readHeaders(
  folder: ModelFolder,
  { shards }: WeightFiles,
  signal?: AbortSignal,
): Promise<Map<string, TensorInfo>> {
  const headers = await Promise.all(shards.map((shard) => readHeader(folder, shard, signal)));
  return unite(headers.map((tensors) => new Map(tensors.map((tensor) => [tensor.name, tensor]))));
}

/** The tensors of all shards, read one after the other. Errors as `parseSafetensors`, and those of `read`. */
export async function readTensors(
  shards: readonly string[],
  read: (path: string) => Promise<ArrayBuffer>,
): Promise<Map<string, TensorView>> {
  const parts: Map<string, TensorView>[] = [];
  for (const shard of shards) parts.push(parseSafetensors(await read(shard), shard));
  return unite(parts);
}

async function readHeader(folder: ModelFolder, file: string, signal?: AbortSignal): Promise<TensorInfo[]> {
  const spec = await folder.stat(file, signal);
  if (!spec) throw new EngineError("not-found", file);
  let start = await folder.slice(file, 0, Math.min(FIRST_BYTES, spec.bytes), signal);
  const end = PREFIX_BYTES + headerBytes(start, file);
  if (end > spec.bytes) throw new EngineError("truncated", file);
  if (end > start.length) start = await folder.slice(file, 0, end, signal);
  if (end > start.length) throw new EngineError("truncated", file);
  return parseHeader(start.subarray(PREFIX_BYTES, end), spec.bytes - end, file);
}

function unite<T>(parts: readonly ReadonlyMap<string, T>[]): Map<string, T> {
  const all = new Map<string, T>();
  for (const [name, tensor] of parts.flatMap((part) => [...part])) {
    if (all.has(name)) throw new EngineError("bad-file", `张量 ${name} 在两个文件里`);
    all.set(name, tensor);
  }
  return all;
}
