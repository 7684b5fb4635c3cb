import { EngineError } from "../errors.ts";
import { type DownloadOptions, downloadFile } from "./download.ts";
import { type FileSpec, findFile, type ManifestEntry } from "./manifest.ts";

/** A Hugging Face folder, wherever it is. Paths are those inside the folder, such as `onnx/model.onnx`. */
export interface ModelFolder {
  /** What the reader calls it. */
  readonly title: string;
  /** Whether a server hears of every file that is asked for; browsers report those that it does not have. */
  readonly remote?: true;
  /** What a file is, before it is read; null if the folder does not have it. @throws EngineError as `downloadFile` */
  stat(path: string, signal?: AbortSignal): Promise<FileSpec | null>;
  /** Bytes `begin` to `end` of a file, or fewer where it ends before. @throws EngineError as `downloadFile` */
  slice(path: string, begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** A whole file, checked as far as anything is known of it. @throws EngineError as `downloadFile` */
  read(path: string, options?: DownloadOptions): Promise<ArrayBuffer>;
}

/** A model of the manifest: sizes and hashes are known without asking. */
export class ShippedFolder implements ModelFolder {
  readonly title: string;
  readonly #base: URL;
  readonly #entry: ManifestEntry;
  readonly #fetch: typeof fetch | undefined;

  /** @param base folder of the manifest, with a slash at its end */
  constructor(base: URL, entry: ManifestEntry, fetch?: typeof globalThis.fetch) {
    this.title = entry.title;
    this.#fetch = fetch;
    this.#base = new URL(`${entry.id}/`, base);
    this.#entry = entry;
  }

  async stat(path: string): Promise<FileSpec | null> {
    return this.#entry.files.find((file) => file.path === path) ?? null;
  }

  async slice(path: string, begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    return new Uint8Array(await this.read(path, { signal })).subarray(begin, end);
  }

  async read(path: string, options?: DownloadOptions): Promise<ArrayBuffer> {
    return downloadFile(new URL(path, this.#base), findFile(this.#entry, path), { ...options, fetch: this.#fetch });
  }
}

/** Files from the reader's disk. Folders inside folders do not matter: files go by their own names. */
export class DroppedFolder implements ModelFolder {
  readonly title: string;
  readonly #files = new Map<string, File>();

  /** @throws EngineError `bad-input` if there are none, or two of one name */
  constructor(files: readonly File[]) {
    if (files.length === 0) throw new EngineError("bad-input", "没有选中任何文件");
    for (const file of files) {
      if (this.#files.has(file.name)) throw new EngineError("bad-input", `有两个文件都叫 ${file.name}`);
      this.#files.set(file.name, file);
    }
    // What is dropped as a folder knows the folder's name.
    this.title = files[0]?.webkitRelativePath?.split("/")[0] || "自带的文件";
  }

  async stat(path: string): Promise<FileSpec | null> {
    const file = this.#find(path);
    return file ? { bytes: file.size, sha256: null } : null;
  }

  async slice(path: string, begin: number, end: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#bytes(path, begin, end));
  }

  async read(path: string, { signal, onProgress }: DownloadOptions = {}): Promise<ArrayBuffer> {
    const bytes = await this.#bytes(path);
    if (signal?.aborted) throw new EngineError("cancelled", path);
    onProgress?.({ loaded: bytes.byteLength, total: bytes.byteLength });
    return bytes;
  }

  #find(path: string): File | undefined {
    return this.#files.get(path.slice(path.lastIndexOf("/") + 1));
  }

  async #bytes(path: string, begin?: number, end?: number): Promise<ArrayBuffer> {
    const file = this.#find(path);
    if (!file) throw new EngineError("not-found", path);
    try {
      return await file.slice(begin, end).arrayBuffer();
    } catch (error) {
      // Browsers say NotReadableError of a folder and of a file that changed, and RangeError of one that does not fit.
      throw new EngineError(error instanceof RangeError ? "out-of-memory" : "unreadable-file", file.name, {
        cause: error,
      });
    }
  }
}
