import { EngineError } from "../errors.ts";
import { Connection, expectFile, explain, hasCode, retrying } from "./connection.ts";
import { FileStore, type PartialFile } from "./file-store.ts";
import type { FetchOptions, FileSpec } from "./manifest.ts";
import { sha256Hex } from "./sha256.ts";

/** In bytes. */
export interface Progress {
  readonly loaded: number;
  readonly total: number;
}

export interface DownloadOptions extends FetchOptions {
  /** Called with ever larger `loaded`, at last with `total`. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

interface Download {
  readonly url: URL;
  /** For error messages. */
  readonly name: string;
  readonly expected: FileSpec;
  readonly store: FileStore;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal | undefined;
  readonly report: (loaded: number) => void;
}

/**
 * A file, whole and verified, from Cache Storage or else from the network. What a broken or cancelled download has received
 * is kept, and the next call asks the server for the rest only. A file whose hash nobody knows is held against its size.
 *
 * @throws EngineError
 * - `network`: no connection, or it broke several times; `offline`, `cors` where that is known to be the reason
 * - `not-found`, `forbidden`, `server-error`, `web-page`: the server answers something else
 * - `truncated`: the server's file is shorter than expected
 * - `hash-mismatch`: the server's file is another one
 * - `cancelled`: `signal` was aborted
 * - `out-of-memory`: no room for the file
 */
export async function downloadFile(url: URL, expected: FileSpec, options: DownloadOptions = {}): Promise<ArrayBuffer> {
  const { signal, onProgress, fetch = globalThis.fetch } = options;
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  const { bytes: size, sha256, etag = `${size}` } = expected;
  const store = new FileStore(url, sha256 ?? etag);
  let shown = 0;
  const report = (loaded: number): void => {
    // A download that must start again is silent until it has come further than before.
    if (loaded <= shown) return;
    shown = loaded;
    onProgress?.({ loaded, total: size });
  };
  const download = { url, name, expected, store, fetch, signal, report };

  throwIfCancelled(download);
  const [cached, part] = await Promise.all([store.read(), store.takePartial(size)]);
  if (cached) {
    if (await isIntact(new Uint8Array(cached), expected)) {
      report(expected.bytes);
      return cached;
    }
    await store.remove();
  }
  const bytes = await receiveIntact(download, part ?? emptyPartial(download));
  store.write(bytes);
  return bytes.buffer;
}

async function receiveIntact(download: Download, partial: PartialFile): Promise<Uint8Array<ArrayBuffer>> {
  // Browsers put a whole together from parts in their HTTP cache, and not always well: only what a hash protects may come from there.
  const cache = download.expected.sha256 === null ? "no-store" : "default";
  try {
    return await receive(download, partial, cache);
  } catch (error) {
    if (!isWrongContent(error)) throw error;
    // The browser's HTTP cache may have an old version of the file, or the kept part may be one: once more, without them.
    await download.store.remove();
    return receive(download, emptyPartial(download), "reload");
  }
}

/** Receives the rest of `partial`, over several connections if need be, and checks the whole. */
async function receive(
  download: Download,
  partial: PartialFile,
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    await retrying(download.signal, async () => {
      throwIfCancelled(download);
      while (partial.received < partial.bytes.length) await receiveOnce(download, partial, cache);
    });
  } catch (error) {
    if (!isWrongContent(error)) await download.store.keepPartial(partial);
    throw await explain(error, download.url, download.fetch);
  }
  if (!(await isIntact(partial.bytes, download.expected))) throw new EngineError("hash-mismatch", download.name);
  return partial.bytes;
}

/** One request, and its answer to the end. */
async function receiveOnce(download: Download, partial: PartialFile, cache: RequestCache): Promise<void> {
  const { fetch, url, name, signal, report } = download;
  const connection = new Connection(name, signal);
  try {
    // No `If-Range`: across origins it would need a permission that hubs do not give. `place` compares the versions instead.
    const headers: HeadersInit = partial.received > 0 ? { Range: `bytes=${partial.received}-` } : {};
    const response = await connection.wait(fetch(url, { headers, cache, signal: connection.signal }));
    if (!place(response, partial, name)) return;
    if (!response.body) throw new EngineError("truncated", name);
    const start = partial.received;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await connection.wait(reader.read());
      if (done) break;
      if (value.length > partial.bytes.length - partial.received) throw new EngineError("hash-mismatch", name);
      partial.bytes.set(value, partial.received);
      partial.received += value.length;
      report(partial.received);
    }
    if (partial.received < partial.bytes.length) {
      // Some browsers report a connection that broke as the end of the file. The server had announced more, then.
      const broken = partial.received - start < announcedBytes(response);
      throw new EngineError(broken ? "network" : "truncated", name);
    }
  } finally {
    connection.close();
  }
}

/**
 * Decides from the head of an answer where in the file its body belongs: it is the rest, or the whole once more.
 * @returns false if it is neither; the whole file is to be asked for, then
 */
function place(response: Response, partial: PartialFile, name: string): boolean {
  const { status, headers } = response;
  const total = partial.bytes.length;
  const validator = validatorOf(headers);
  const asked = partial.received > 0;
  if (asked && status === 206 && headers.get("content-range") === `bytes ${partial.received}-${total - 1}/${total}`) {
    const sameVersion = partial.validator === null || validator === null || partial.validator === validator;
    if (sameVersion) return true;
  }
  if (asked && (status === 206 || status === 416)) {
    partial.received = 0;
    return false;
  }
  expectFile(response, name);
  if (status !== 200) throw new EngineError("network", `${name}: HTTP ${status}`);
  partial.received = 0;
  partial.validator = validator;
  return true;
}

/** What the server calls this version of the file. A weak ETag does not promise equal bytes. */
function validatorOf(headers: Headers): string | null {
  const etag = headers.get("etag");
  return etag && !etag.startsWith("W/") ? etag : headers.get("last-modified");
}

/** Length of the body by its head; 0 where that says nothing about what arrives here. */
function announcedBytes({ headers }: Response): number {
  return headers.has("content-encoding") ? 0 : Number(headers.get("content-length"));
}

function emptyPartial({ expected, name }: Download): PartialFile {
  try {
    return { bytes: new Uint8Array(expected.bytes), received: 0, validator: null };
  } catch (error) {
    throw new EngineError("out-of-memory", name, { cause: error });
  }
}

async function isIntact(bytes: Uint8Array<ArrayBuffer>, expected: FileSpec): Promise<boolean> {
  if (bytes.length !== expected.bytes) return false;
  return expected.sha256 === null || (await sha256Hex(bytes)) === expected.sha256;
}

function isWrongContent(error: unknown): boolean {
  return hasCode(error, "truncated") || hasCode(error, "hash-mismatch");
}

function throwIfCancelled({ signal, name }: Download): void {
  if (signal?.aborted) throw new EngineError("cancelled", name);
}
