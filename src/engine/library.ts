import type { Backend } from "./backends/backend.ts";
import { EngineError, fetched } from "./errors.ts";
import { DroppedFolder, type ModelFolder, ShippedFolder } from "./files/folder.ts";
import { parseJson } from "./files/json.ts";
import { type LoadOptions, readFiles } from "./files/loader.ts";
import {
  downloadBytes,
  fetchManifest,
  findFile,
  type Manifest,
  type ManifestEntry,
  MODEL_FILES,
} from "./files/manifest.ts";
import type { PipelineModel } from "./files/pipeline.ts";
import type { RemoteFolder } from "./files/remote-folder.ts";
import type { ModelReport, PipelinePlan } from "./files/report.ts";
import type { ModelSource } from "./files/source.ts";
import { Tokenizer } from "./files/tokenizer.ts";
import { inspectFolder } from "./models/inspect.ts";

/** Where models come from: the site's own, foreign folders, and files from the reader's disk. */
export class Library {
  readonly #base: URL;
  readonly #fetch: typeof fetch | undefined;
  #manifest: Promise<Manifest> | null = null;
  #tokenizers = new Map<string, Tokenizer>();
  /** Foreign folders keep what was asked of them, so that what the reader agreed to is what is downloaded. */
  #remote = new Map<string, RemoteFolder>();
  #dropped = 0;

  /**
   * @param base folder of `manifest.json`, with a slash at its end
   * @param fetch in the place of the global one, for the site's own models
   */
  constructor(base: URL, fetch?: typeof globalThis.fetch) {
    this.#base = base;
    this.#fetch = fetch;
  }

  /** The list of models that the site ships; fetched once. */
  manifest(): Promise<Manifest> {
    this.#manifest ??= fetchManifest(this.#base, { fetch: this.#fetch }).catch((error: unknown) => {
      this.#manifest = null;
      throw error;
    });
    return this.#manifest;
  }

  /** @throws EngineError `not-found`, and as `fetchManifest` */
  async entry(id: string): Promise<ManifestEntry> {
    const { models } = await this.manifest();
    const entry = models.find((model) => model.id === id);
    if (!entry) throw new EngineError("not-found", id);
    return entry;
  }

  /** How a shipped model reads texts, without its weights; the file is read once. @throws EngineError as `entry` and `ModelFolder.read` */
  async tokenizer(id: string): Promise<Tokenizer> {
    const known = this.#tokenizers.get(id);
    if (known) return known;
    const bytes = await (await this.folder({ shipped: id })).read("tokenizer.json");
    const tokenizer = new Tokenizer(parseJson(bytes, "tokenizer.json"));
    this.#tokenizers.set(id, tokenizer);
    return tokenizer;
  }

  /** The name under which a model is loaded: one and the same for the same address, a new one for each set of files. */
  idOf(source: ModelSource): string {
    if ("shipped" in source) return source.shipped;
    if ("url" in source) return folderUrl(source.url).href;
    return `files:${++this.#dropped}`;
  }

  /** @throws EngineError `not-found` for a shipped one, `bad-input` for an address that is none, `network` */
  async folder(source: ModelSource): Promise<ModelFolder> {
    if ("shipped" in source) return new ShippedFolder(this.#base, await this.entry(source.shipped), this.#fetch);
    if ("files" in source) return new DroppedFolder(source.files);
    const url = folderUrl(source.url);
    // Few pages have foreign models: their code is fetched with the first.
    const { RemoteFolder } = await fetched("RemoteFolder", import("./files/remote-folder.ts"));
    const folder = this.#remote.get(url.href) ?? new RemoteFolder(url);
    this.#remote.set(url.href, folder);
    return folder;
  }

  /** Asks a folder anew the next time, as it may have changed. */
  forget(source: ModelSource): void {
    if ("url" in source) this.#remote.delete(folderUrl(source.url).href);
  }

  /**
   * What can be said of a model before its weights are fetched. Of a shipped one all is in the manifest; a foreign server is asked for sizes and
   * headers, so this too needs the reader's word.
   * @throws EngineError as `inspectFolder`; `bad-input` for an address that is none
   */
  async inspect(source: ModelSource, signal?: AbortSignal): Promise<ModelReport> {
    if ("shipped" in source) return reportOf(await this.entry(source.shipped));
    try {
      const folder = await this.folder(source);
      const report = await inspectFolder(folder, signal);
      if (!report.pipeline) return report;
      const { RUNTIME_FILE, withRuntime } = await import("./files/onnx-runtime.ts");
      const bytes = (await withRuntime(folder).stat(RUNTIME_FILE, signal))?.bytes ?? 0;
      return { ...report, files: [...report.files, { path: RUNTIME_FILE, bytes }], bytes: report.bytes + bytes };
    } catch (error) {
      this.forget(source);
      throw error;
    }
  }
}

/** Reads everything that a pipeline needs, and opens it. @throws EngineError as `readFiles` and `openPipeline` */
export async function loadPipeline(
  folder: ModelFolder,
  { files, pipeline }: ModelReport & { readonly pipeline: PipelinePlan },
  options: LoadOptions,
): Promise<PipelineModel> {
  const [{ RUNTIME_FILE, withRuntime }, { openPipeline }] = await Promise.all([
    import("./files/onnx-runtime.ts"),
    import("./files/pipeline.ts"),
  ]);
  const paths = files.map(({ path }) => path);
  const { [RUNTIME_FILE]: runtime, ...own } = Object.fromEntries(await readFiles(withRuntime(folder), paths, options));
  if (!runtime) throw new EngineError("internal", `no ${RUNTIME_FILE}`);
  return openPipeline(pipeline, new Map(Object.entries(own)), runtime);
}

/** Whether a model of this name is one of the site's own: their names have no colon, while addresses have one, and sets of files. */
export function isShipped(id: string): boolean {
  return !id.includes(":");
}

/** The address of a folder. @throws EngineError `bad-input` */
function folderUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new EngineError("bad-input", `${text} 不是网址`);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

function reportOf(entry: ManifestEntry): ModelReport {
  return {
    title: entry.title,
    architecture: entry.architecture,
    pipeline: null,
    files: entry.files.filter(({ path }) => MODEL_FILES.some((name) => name === path)),
    bytes: downloadBytes(entry),
    parameters: entry.parameters,
    dtypes: [],
    // Matrices in half precision and in 8 bits stay as they are in the file; whether all are, only their types tell.
    memoryBytes: findFile(entry, "model.safetensors").bytes,
    largestBytes: 0,
    contextLength: entry.context,
  };
}

/**
 * Holds the size of a model against what the reader agreed to. The runtime of a pipeline is downloaded also for files from the reader's own disk.
 * @throws EngineError `consent-needed`
 */
export function expectAgreed({ bytes, pipeline }: ModelReport, agreedBytes: number | undefined): void {
  if (agreedBytes === undefined && pipeline) throw new EngineError("consent-needed", "要下载 ONNX Runtime");
  if (agreedBytes !== undefined && bytes > agreedBytes) {
    throw new EngineError("consent-needed", `要下载 ${bytes} 字节，同意的是 ${agreedBytes} 字节`);
  }
}

/** Knows before the download that a model will not fit. @throws EngineError `out-of-memory` */
export function expectRoom({ memoryBytes, largestBytes }: ModelReport, { limits, memory }: Backend): void {
  const room = limits.bytes - memory.bytes;
  if (memoryBytes > room)
    throw new EngineError("out-of-memory", `要 ${needed(memoryBytes)}，还能放 ${available(room)}`);
  if (largestBytes > limits.storageBytes) {
    const detail = `最大的张量要 ${needed(largestBytes)}，一块显存最多 ${available(limits.storageBytes)}`;
    throw new EngineError("out-of-memory", detail);
  }
}

const MIB = 2 ** 20;

/** Rounded up, as `available` is rounded down: no sentence says that what is refused would fit. */
function needed(bytes: number): string {
  return `${Math.ceil(bytes / MIB)} MiB`;
}

function available(bytes: number): string {
  return `${Math.floor(bytes / MIB)} MiB`;
}
