import type { Backend } from "../backends/backend.ts";
import type { Storage } from "../backends/storage.ts";

/** Storages that live together and are freed together: what a model holds, or what one forward pass needs. */
export class Scope {
  readonly backend: Backend;
  #storages: Storage[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
  }

  alloc(length: number): Storage {
    const storage = this.backend.alloc(length);
    this.#storages.push(storage);
    return storage;
  }

  /** A storage full of zeros. */
  zeros(length: number): Storage {
    const storage = this.alloc(length);
    this.backend.fill(storage, 0, length);
    return storage;
  }

  /** A storage that holds these numbers. */
  upload(data: Float32Array | Int32Array): Storage {
    const storage = this.alloc(data.length);
    this.backend.upload(storage, data);
    return storage;
  }

  dispose(): void {
    for (const storage of this.#storages) this.backend.free(storage);
    this.#storages = [];
  }
}
