import type { EngineError } from "./errors.ts";

/**
 * Ties answers to the life of whoever gives them: what is not answered by its end fails with the reason. `Promise.race` with a promise of the
 * end would do the same, and keep every answer, logits by the thousand, for as long as the end does not come.
 */
export class Lifeline {
  #waiting = new Set<(reason: EngineError) => void>();
  #reason: EngineError | null = null;

  get ended(): boolean {
    return this.#reason !== null;
  }

  /** The answer, or the reason of the end if that comes first. */
  until<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
      if (this.#reason) reject(this.#reason);
    });
  }

  /** There is one end: a second reason changes nothing. */
  end(reason: EngineError): void {
    this.#reason ??= reason;
    for (const reject of this.#waiting) reject(this.#reason);
    this.#waiting.clear();
  }
}
