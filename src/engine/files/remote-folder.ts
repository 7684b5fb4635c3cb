import { EngineError } from "../errors.ts";
import { Connection, expectFile, explain, hasCode, retrying } from "./connection.ts";
import { type DownloadOptions, downloadFile } from "./download.ts";
import type { ModelFolder } from "./folder.ts";
import type { FileSpec } from "./manifest.ts";

/**
 * A folder on a foreign server: a hub, or any server that lets this site read its files. Every call asks that server: make one only after the
 * reader said so.
 *
 * Sizes come from a request for the first byte, because what a `HEAD` says of a file that is sent compressed is the compressed size. Hubs give
 * the SHA-256 of large files as their ETag (or `X-Linked-Etag`, where a redirect to another server hides that).
 */
export class RemoteFolder implements ModelFolder {
  readonly title: string;
  readonly remote = true;
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  /** What was said of the files so far: what the reader agreed to is what is downloaded. */
  #known = new Map<string, FileSpec | null>();

  /** @param base with a slash at its end */
  constructor(base: URL, fetch = globalThis.fetch.bind(globalThis)) {
    this.#base = base;
    this.#fetch = fetch;
    const repository = /([^/]+\/[^/]+)\/resolve\/[^/]+\/$/.exec(base.pathname)?.[1];
    this.title = repository ?? (base.pathname.split("/").at(-2) || base.host);
  }

  async stat(path: string, signal?: AbortSignal): Promise<FileSpec | null> {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const spec = await this.#ask(path, { Range: "bytes=0-0" }, signal, async (response) => {
      const bytes = sizeOf(response) ?? (await this.#sizeByHead(path, signal));
      return describe(response.headers, bytes);
    }).catch((error: unknown) => {
      if (hasCode(error, "not-found")) return null;
      throw error;
    });
    this.#known.set(path, spec);
    return spec;
  }

  async slice(path: string, begin: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#ask(path, { Range: `bytes=${begin}-${end - 1}` }, signal, async (response, connection) => {
      // A server without ranges sends the file from its start; what comes behind `end` is not waited for.
      const skipped = response.status === 206 ? begin : 0;
      const bytes = new Uint8Array(end - skipped);
      let received = 0;
      const reader = response.body?.getReader();
      while (reader && received < bytes.length) {
        const { done, value } = await connection.wait(reader.read());
        if (done) break;
        const piece = value.subarray(0, bytes.length - received);
        bytes.set(piece, received);
        received += piece.length;
      }
      return bytes.subarray(begin - skipped, received);
    });
  }

  async read(path: string, options: DownloadOptions = {}): Promise<ArrayBuffer> {
    const spec = await this.stat(path, options.signal);
    if (!spec) throw new EngineError("not-found", path);
    return downloadFile(this.#url(path), spec, { ...options, fetch: this.#fetch });
  }

  #url(path: string): URL {
    return new URL(path, this.#base);
  }

  /**
   * Sends one request, again if the connection breaks, and takes from its answer what is wanted; the rest of it is dropped. It goes past the
   * browser's HTTP cache, where parts of a file would wait to be mixed with the whole.
   */
  async #ask<T>(
    path: string,
    headers: HeadersInit,
    signal: AbortSignal | undefined,
    take: (response: Response, connection: Connection) => Promise<T>,
  ): Promise<T> {
    const url = this.#url(path);
    try {
      return await retrying(signal, async () => {
        const connection = new Connection(path, signal);
        try {
          const request = this.#fetch(url, { headers, cache: "no-store", signal: connection.signal });
          const response = await connection.wait(request);
          // An empty file has no first byte.
          if (response.status !== 416) expectFile(response, path);
          return await take(response, connection);
        } finally {
          connection.close();
        }
      });
    } catch (error) {
      throw await explain(error, url, this.#fetch);
    }
  }

  /** Where an answer to a range does not tell the whole size: a server may hide that from other sites. */
  async #sizeByHead(path: string, signal: AbortSignal | undefined): Promise<number> {
    const connection = new Connection(path, signal);
    try {
      const request = this.#fetch(this.#url(path), { method: "HEAD", cache: "no-store", signal: connection.signal });
      const response = await connection.wait(request);
      expectFile(response, path);
      const bytes = lengthOf(response.headers);
      if (bytes === null) throw new EngineError("server-error", `服务器没有说明 ${path} 的大小`);
      return bytes;
    } finally {
      connection.close();
    }
  }
}

/** Size of the whole file by the answer to a request for its first byte; null if it does not say. */
function sizeOf({ status, headers }: Response): number | null {
  if (status === 200) return lengthOf(headers);
  const total = /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1];
  return total === undefined ? null : Number(total);
}

/** `Content-Length`, unless it is that of the compressed file. */
function lengthOf(headers: Headers): number | null {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? null : Number(length);
}

function describe(headers: Headers, bytes: number): FileSpec {
  const tags = [headers.get("x-linked-etag"), headers.get("etag")].map((tag) => tag?.replace(/^W\/|"/g, ""));
  const sha256 = tags.find((tag) => tag !== undefined && /^[0-9a-f]{64}$/.test(tag)) ?? null;
  const etag = tags.find((tag) => tag !== undefined) ?? headers.get("last-modified");
  return { bytes, sha256, ...(etag === null || etag === undefined ? {} : { etag }) };
}
