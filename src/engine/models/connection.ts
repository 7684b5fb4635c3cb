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
