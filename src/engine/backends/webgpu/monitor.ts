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
  #verdicts: Promise<EngineError | null>[] = [];
  /** An error outside every scope. */
  #uncaptured: EngineError | null = null;

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
    device.addEventListener("uncapturederror", ({ error }) => {
      this.#uncaptured ??= named(error);
    });
  }

  /**
   * Closes the innermost error scope of the device; the next `settle` waits for it and throws what it caught.
   * @returns whether it caught nothing
   */
  endScope(): Promise<boolean> {
    const verdict = this.#device.popErrorScope().then(
      (error) => error && named(error),
      // The scope went down with the device.
      () => this.#end,
    );
    this.#verdicts.push(verdict);
    return verdict.then((error) => error === null);
  }

  /**
   * Waits for `work` and for all verdicts on what came before it and was not waited for yet: so each goes to the read that it concerns.
   * @throws EngineError `out-of-memory`, `device-lost`, `cancelled` after `close`, `internal` for commands that were refused
   */
  async settle(work: Promise<unknown>): Promise<void> {
    const verdicts = this.#verdicts;
    this.#verdicts = [];
    const [outcome] = await Promise.allSettled([work]);
    const caught = (await Promise.all(verdicts)).filter((error) => error !== null);
    // Errors that follow from "out of memory" say less than it does.
    const first = caught.find(({ code }) => code === "out-of-memory") ?? caught[0];
    const error = this.#ended ?? first ?? this.#uncaptured;
    this.#uncaptured = null;
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
}

function named(error: GPUError): EngineError {
  return new EngineError(error instanceof GPUOutOfMemoryError ? "out-of-memory" : "internal", error.message);
}
