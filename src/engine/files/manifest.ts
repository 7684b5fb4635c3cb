import { EngineError } from "../errors.ts";
import { Connection, expectFile, explain, hasCode } from "./connection.ts";
import { FileStore } from "./file-store.ts";
import { JsonObject, parseJson } from "./json.ts";

/** What a file must be. */
export interface FileSpec {
  readonly bytes: number;
  /** 64 lower-case hexadecimal digits; null where nobody says what it is. */
  readonly sha256: string | null;
  /** What its server calls this version (an ETag or a date), where that is all there is to tell versions apart. */
  readonly etag?: string;
}

export interface ManifestFile extends FileSpec {
  readonly sha256: string;
  /** Relative to the model's folder, such as `model.safetensors`. */
  readonly path: string;
}

export interface ManifestEntry {
  /** Also the name of the model's folder, beside the manifest. */
  readonly id: string;
  readonly title: string;
  /** `model_type` of its config.json. */
  readonly architecture: string;
  /** What the model is for, for the reader. */
  readonly purpose: string;
  readonly license: string;
  /** Number of trained numbers. */
  readonly parameters: number;
  /** Longest sequence, in tokens. */
  readonly context: number;
  readonly files: readonly ManifestFile[];
}

export interface Manifest {
  readonly models: readonly ManifestEntry[];
}

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** In the place of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Fetches `manifest.json` from the folder `base` (with its final slash). It names the current version of every file, so it
 * is asked for anew each time; without a network the last one that was seen serves, as the models that it names may all be here.
 *
 * @throws EngineError `not-found`, `server-error`, `network`, `offline`, `cancelled`; `bad-file` as `parseManifest`
 */
export async function fetchManifest(base: URL, options: FetchOptions = {}): Promise<Manifest> {
  const { signal, fetch = globalThis.fetch } = options;
  const url = new URL("manifest.json", base);
  const store = new FileStore(url, "last");
  // Looked up while the network is asked, also because the first look opens the store, for which the model's files would have to wait.
  const stored = store.read();
  const connection = new Connection("manifest.json", signal);
  try {
    const response = await connection.wait(fetch(url, { cache: "no-cache", signal: connection.signal }));
    expectFile(response, "manifest.json");
    const bytes = new Uint8Array(await connection.wait(response.arrayBuffer()));
    const manifest = parseManifest(parseJson(bytes, "manifest.json"));
    store.write(bytes);
    return manifest;
  } catch (error) {
    const last = hasCode(error, "network") ? await stored : undefined;
    if (!last) throw await explain(error, url, fetch);
    return parseManifest(parseJson(last, "manifest.json"));
  } finally {
    connection.close();
  }
}

/** Takes the contents of a `manifest.json`. @throws EngineError `bad-file`, naming the field */
export function parseManifest(json: unknown): Manifest {
  const root = new JsonObject(json, "manifest.json");
  const models = root.objects("models").map(parseEntry);
  if (new Set(models.map(({ id }) => id)).size < models.length) root.fail("models", "有重复的 id");
  return { models };
}

/** The files that running a model takes, by their names in every Hugging Face folder. */
export const MODEL_FILES = ["config.json", "tokenizer.json", "model.safetensors"] as const;

/** Size in bytes of what loading a model downloads; other files of its folder are fetched only where they are shown. */
export function downloadBytes(entry: ManifestEntry): number {
  return MODEL_FILES.reduce((sum, path) => sum + findFile(entry, path).bytes, 0);
}

/** @throws EngineError `not-found` */
export function findFile(entry: ManifestEntry, path: string): ManifestFile {
  const file = entry.files.find((candidate) => candidate.path === path);
  if (!file) throw new EngineError("not-found", `${entry.id}/${path}`);
  return file;
}

function parseEntry(fields: JsonObject): ManifestEntry {
  const id = fields.string("id");
  // The id and the paths become parts of URLs: neither may lead out of the model's folder.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) fields.fail("id", "只能有小写字母、数字和连字符");
  const files = fields.objects("files").map(parseFile);
  if (new Set(files.map(({ path }) => path)).size < files.length) fields.fail("files", "有重复的 path");
  return {
    id,
    title: fields.string("title"),
    architecture: fields.string("architecture"),
    purpose: fields.string("purpose"),
    license: fields.string("license"),
    parameters: fields.integer("parameters", 1),
    context: fields.integer("context", 1),
    files,
  };
}

function parseFile(fields: JsonObject): ManifestFile {
  const path = fields.string("path");
  const parts = path.split("/");
  if (!parts.every((part) => /^[\w-][\w.-]*$/.test(part))) fields.fail("path", "不是模型文件夹里的路径");
  const sha256 = fields.string("sha256");
  if (!/^[0-9a-f]{64}$/.test(sha256)) fields.fail("sha256", "应是 64 位小写十六进制数");
  return { path, bytes: fields.integer("bytes", 1), sha256 };
}
