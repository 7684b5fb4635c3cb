import { EngineError } from "../../errors.ts";

/**
 * Hears what the device says later than the call that caused it: errors, and its loss. Commands that were refused leave no trace in the
 * numbers read back (they are just zeros, or old), so every `read` waits for the verdicts on what it ran.
 */
export class DeviceMonitor {
  /** Resolves, with a reason, when the device is lost; stays pending when it was closed. */
  readonly lost: Promise<string>;
  readonly #device: GPUDevice;
  /** Why the device is gone. */
  readonly #end: Promise<EngineError>;
  #ended: EngineError | null = null;
  #closed = false;
  #verdicts: Promise<boolean>[] = [];
  #error: EngineError | null = null;

  constructor(device: GPUDevice) {
    this.#device = device;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.lost = promise;
    this.#end = device.lost.then((info) => {
      const reason = info.message || info.reason;
      this.#ended = this.#closed ? new EngineError("cancelled") : new EngineError("device-lost", reason);
      if (!this.#closed) resolve(reason);
      return this.#ended;
    });
    device.addEventListener("uncapturederror", ({ error }) => this.#note(error));
  }

  /**
   * Closes the innermost error scope of the device; the next `settle` waits for it and throws what it caught.
   * @returns whether it caught nothing
   */
  endScope(): Promise<boolean> {
    const verdict = this.#device.popErrorScope().then(
      (error) => {
        if (error) this.#note(error);
        return error === null;
      },
      // The scope went down with the device; `settle` learns of that from its work.
      () => false,
    );
    this.#verdicts.push(verdict);
    return verdict;
  }

  /**
   * Waits for `work` and for all verdicts on what came before it.
   * @throws EngineError `out-of-memory`, `device-lost`, `cancelled` after `close`, `internal` for commands that were refused
   */
  async settle(work: Promise<unknown>): Promise<void> {
    const verdicts = this.#verdicts;
    this.#verdicts = [];
    const [outcome] = await Promise.allSettled([work, ...verdicts]);
    const error = this.#ended ?? this.#error;
    this.#error = null;
    if (error) throw error;
    if (outcome.status === "fulfilled") return;
    // AbortError is how a map ends that loses its device: the reason is here or on its way.
    const reason: unknown = outcome.reason;
    if (reason instanceof DOMException && reason.name === "AbortError") throw await this.#end;
    throw reason;
  }

  /** Ends the device on purpose: no loss is reported. */
  close(): void {
    this.#closed = true;
    this.#device.destroy();
  }

  /** Keeps the first error, but "out of memory" before all others: those that follow from it say less. */
  #note(error: GPUError): void {
    if (error instanceof GPUOutOfMemoryError) this.#error = new EngineError("out-of-memory", error.message);
    else this.#error ??= new EngineError("internal", error.message);
  }
}
