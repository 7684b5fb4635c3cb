import { EngineError } from "../errors.ts";

/** A connection that has been silent for so long is a broken one. */
const SILENCE_MS = 30_000;

/** Ends what waits on the network: when the reader cancels, when nothing arrives for long, and when all is done. */
export class Connection {
  readonly #controller = new AbortController();
  readonly #abort = (): void => this.#controller.abort();
  readonly #outer: AbortSignal | undefined;
  readonly #name: string;

  /** @param name of what is fetched, for error messages */
  constructor(name: string, signal: AbortSignal | undefined) {
    this.#name = name;
    this.#outer = signal;
    if (signal?.aborted) this.#abort();
    signal?.addEventListener("abort", this.#abort);
  }

  /** For `fetch`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Waits for an answer or a piece of it. Whatever `fetch` and streams throw means that they got no more.
   * @throws EngineError `cancelled` by the reader; `network`
   */
  async wait<T>(arrival: Promise<T>): Promise<T> {
    const timer = setTimeout(this.#abort, SILENCE_MS);
    try {
      return await arrival;
    } catch (error) {
      throw new EngineError(this.#outer?.aborted ? "cancelled" : "network", this.#name, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Must be called in the end; an answer that was not read to its end is dropped. */
  close(): void {
    this.#outer?.removeEventListener("abort", this.#abort);
    this.#abort();
  }
}

/** Connections that one call opens for one file before it leaves the next try to the reader. */
const ATTEMPTS = 4;
/** Before the second attempt; the later ones wait a little longer. */
const PAUSE_MS = 200;

/** Repeats work that a broken connection or an error of the server has ended. */
export async function retrying<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const passing = hasCode(error, "network") || hasCode(error, "server-error");
      if (!passing || attempt === ATTEMPTS) throw error;
      await pause(PAUSE_MS * attempt, signal);
    }
  }
}

export function hasCode(error: unknown, code: EngineError["code"]): boolean {
  return error instanceof EngineError && error.code === code;
}

/**
 * Passes an answer that may be a file, or a part of it.
 * @throws EngineError `not-found`, `forbidden`, `server-error`; `web-page` for a page in the place of the file; `network`
 */
export function expectFile({ status, headers }: Response, name: string): void {
  if (status === 404 || status === 410) throw new EngineError("not-found", name);
  // Hubs answer 401 for a model that does not exist, too: they do not tell strangers which private ones do.
  if (status === 401 || status === 403) throw new EngineError("forbidden", `${name}: HTTP ${status}`);
  if (status >= 500 || status === 429) throw new EngineError("server-error", `${name}: HTTP ${status}`);
  if (status !== 200 && status !== 206) throw new EngineError("network", `${name}: HTTP ${status}`);
  if (headers.get("content-type")?.startsWith("text/html")) throw new EngineError("web-page", name);
}

/**
 * Says of an error `network` why, as far as a page can find out: browsers do not tell a server that forbids other sites to read its files
 * from one that is not there, but they do send a request whose answer nobody may read.
 */
export async function explain(error: unknown, url: URL, fetch: typeof globalThis.fetch): Promise<unknown> {
  if (!hasCode(error, "network")) return error;
  if (globalThis.navigator?.onLine === false) return new EngineError("offline", "", { cause: error });
  if (!("location" in globalThis) || url.origin === location.origin) return error;
  const connection = new Connection(url.host, undefined);
  try {
    await connection.wait(fetch(url, { method: "HEAD", mode: "no-cors", signal: connection.signal }));
    return new EngineError("cors", url.host, { cause: error });
  } catch {
    return error;
  } finally {
    connection.close();
  }
}

/** Resolves after a while, or at once when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}
