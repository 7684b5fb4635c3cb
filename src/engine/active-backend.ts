import type { Backend, BackendKind } from "./backends/backend.ts";
import { type Choice, chooseBackend, openCpu } from "./backends/select.ts";
import { EngineError, toEngineError } from "./errors.ts";

/** What computes, and why; shown to the reader beside every demo. */
export interface EngineStatus {
  readonly kind: BackendKind;
  readonly device: string;
  readonly reason: string;
}

export type EngineMemory = Backend["memory"];

/** The backend in use: chosen at the start, and the CPU's once the GPU device is lost, on which the work under way is then done again. */
export class ActiveBackend {
  readonly #onStatus: (status: EngineStatus) => void;
  /** Null until the backend is ready. */
  #choice: Choice | null = null;
  #early = Promise.withResolvers<Backend>();
  #recovery: Promise<void> | null = null;

  /** Settles when the backend is there. @throws EngineError `no-webgpu` */
  readonly ready: Promise<void>;

  /**
   * @param forced the backend that the address asked for
   * @param onStatus is told when another backend takes over
   */
  constructor(forced: BackendKind | undefined, onStatus: (status: EngineStatus) => void) {
    this.#onStatus = onStatus;
    this.ready = this.#start(forced);
    // Who waits for it hears of it.
    this.ready.catch(this.#early.reject);
    this.#early.promise.catch(() => {});
  }

  async #start(forced: BackendKind | undefined): Promise<void> {
    this.#choice = await chooseBackend(forced, this.#early.resolve);
    this.#early.resolve(this.current);
    // A recovery that fails is reported by the next call that needs it.
    void this.current.lost.then(() => this.recover().catch(() => {}));
  }

  /** @throws EngineError `internal` before it is ready */
  get current(): Backend {
    return this.#chosen.backend;
  }

  get status(): EngineStatus {
    const { backend, reason } = this.#chosen;
    return { kind: backend.kind, device: backend.device, reason };
  }

  get memory(): EngineMemory {
    const { bytes, storages } = this.current.memory;
    return { bytes, storages };
  }

  /** The backend, as soon as there is one: models move in while its kernels are compiled. Should it be refused in the end, another becomes `current`. */
  async early(): Promise<Backend> {
    return this.#choice?.backend ?? this.#early.promise;
  }

  /** What the work gives, begun anew on the CPU if the device is lost in its midst. */
  async surviving<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    try {
      return await work(this.current);
    } catch (error) {
      if (toEngineError(error).code !== "device-lost") throw error;
      await this.recover();
      return work(this.current);
    }
  }

  /** Moves to the CPU after a loss; the second and later calls wait for the first. */
  recover(): Promise<void> {
    this.#recovery ??= this.#moveToCpu().catch((error: unknown) => {
      this.#recovery = null;
      throw error;
    });
    return this.#recovery;
  }

  async #moveToCpu(): Promise<void> {
    // The lost backend is left to the garbage collector, because trees in use still refer to it, and must hear from it that it is lost.
    const { kind, device } = this.current;
    if (kind !== "cpu") this.#choice = { backend: await openCpu(), reason: `${device} 中断了，已改用 CPU 继续` };
    this.#onStatus(this.status);
  }

  get #chosen(): Choice {
    if (!this.#choice) throw new EngineError("internal", "the engine has not started yet");
    return this.#choice;
  }
}
