import { EngineError } from "../errors.ts";
import { Connection, pause } from "./connection.ts";
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

/** Connections that one call opens for one file before it leaves the next try to the reader. */
const ATTEMPTS = 4;
/** Before the second attempt; the later ones wait a little longer. */
const PAUSE_MS = 200;

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
 * is kept, and the next call asks the server for the rest only.
 *
 * @throws EngineError
 * - `network`: no connection, or it broke several times, or the server has an error of its own
 * - `not-found`: the server has no such file
 * - `truncated`: the server's file is shorter than expected
 * - `hash-mismatch`: the server's file is another one
 * - `cancelled`: `signal` was aborted
 * - `out-of-memory`: no room for the file
 */
export async function downloadFile(url: URL, expected: FileSpec, options: DownloadOptions = {}): Promise<ArrayBuffer> {
  const { signal, onProgress, fetch = globalThis.fetch } = options;
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  const store = new FileStore(url, expected.sha256);
  let shown = 0;
  const report = (loaded: number): void => {
    // A download that must start again is silent until it has come further than before.
    if (loaded <= shown) return;
    shown = loaded;
    onProgress?.({ loaded, total: expected.bytes });
  };
  const download = { url, name, expected, store, fetch, signal, report };

  throwIfCancelled(download);
  const cached = await store.read();
  if (cached) {
    if (await isIntact(new Uint8Array(cached), expected)) {
      report(expected.bytes);
      return cached;
    }
    await store.remove();
  }
  const bytes = await receiveIntact(download);
  await store.write(bytes);
  return bytes.buffer;
}

async function receiveIntact(download: Download): Promise<Uint8Array<ArrayBuffer>> {
  const partial = (await download.store.takePartial(download.expected.bytes)) ?? emptyPartial(download);
  try {
    return await receive(download, partial, "default");
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
  for (let attempt = 1; partial.received < partial.bytes.length; attempt++) {
    try {
      throwIfCancelled(download);
      await receiveOnce(download, partial, cache);
    } catch (error) {
      if (hasCode(error, "network") && attempt < ATTEMPTS) {
        await pause(PAUSE_MS * attempt, download.signal);
        continue;
      }
      if (!isWrongContent(error)) await download.store.keepPartial(partial);
      throw error;
    }
  }
  if (!(await isIntact(partial.bytes, download.expected))) throw new EngineError("hash-mismatch", download.name);
  return partial.bytes;
}

/** One request, and its answer to the end. */
async function receiveOnce(download: Download, partial: PartialFile, cache: RequestCache): Promise<void> {
  const { fetch, url, name, signal, report } = download;
  const connection = new Connection(name, signal);
  try {
    const headers = new Headers();
    if (partial.received > 0) {
      headers.set("Range", `bytes=${partial.received}-`);
      if (partial.validator !== null) headers.set("If-Range", partial.validator);
    }
    const response = await connection.wait(fetch(url, { headers, cache, signal: connection.signal }));
    place(response, partial, name);
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

/** Decides from the head of an answer where in the file its body belongs; it is the rest, or the whole once more. */
function place(response: Response, partial: PartialFile, name: string): void {
  const { status, headers } = response;
  const total = partial.bytes.length;
  if (status === 206 && headers.get("content-range") === `bytes ${partial.received}-${total - 1}/${total}`) return;
  if (status === 404 || status === 410) throw new EngineError("not-found", name);
  // After a range that the server cannot give, or gives otherwise than asked, the next attempt asks for the whole file.
  if (status === 200 || status === 206 || status === 416) partial.received = 0;
  if (status !== 200) throw new EngineError("network", `${name}: HTTP ${status}`);
  const etag = headers.get("etag");
  // A weak ETag does not promise equal bytes.
  partial.validator = etag && !etag.startsWith("W/") ? etag : headers.get("last-modified");
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
  return bytes.length === expected.bytes && (await sha256Hex(bytes)) === expected.sha256;
}

function isWrongContent(error: unknown): boolean {
  return hasCode(error, "truncated") || hasCode(error, "hash-mismatch");
}

function hasCode(error: unknown, code: EngineError["code"]): boolean {
  return error instanceof EngineError && error.code === code;
}

function throwIfCancelled({ signal, name }: Download): void {
  if (signal?.aborted) throw new EngineError("cancelled", name);
}
