import { EngineError } from "../../errors.ts";
import type { Span, Storage } from "../storage.ts";
import { Arena } from "./arena.ts";

class CpuStorage implements Storage {
  /** Negative when it was freed: its memory may be another's by now. */
  address: number;
  readonly length: number;
  constructor(address: number, length: number) {
    this.address = address;
    this.length = length;
  }
}

/** What 32-bit addresses reach. */
const MAX_MEMORY_BYTES = 2 ** 32;

/** The memory of the CPU backend: storages in the WebAssembly memory that its kernels work on. */
export class CpuMemory {
  #arena: Arena;
  #scratch: CpuStorage | null = null;
  #disposed = false;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get memory(): { bytes: number; storages: number } {
    const scratch = this.#scratch;
    return {
      bytes: this.#arena.usedBytes - (scratch ? scratch.length * 4 : 0),
      storages: this.#arena.blocks - (scratch ? 1 : 0),
    };
  }

  get limits(): { bytes: number; storageBytes: number } {
    return { bytes: MAX_MEMORY_BYTES, storageBytes: MAX_MEMORY_BYTES };
  }

  alloc(length: number): Storage {
    return new CpuStorage(this.#arena.alloc(length * 4), length);
  }

  free(storage: Storage): void {
    if (this.#disposed) return;
    this.#arena.free(address(storage));
    (storage as CpuStorage).address = -1;
  }

  upload(storage: Storage, data: Float32Array | Int32Array, offset = 0): void {
    if (offset + data.length > storage.length) throw new EngineError("internal", "upload past the end of a storage");
    const View = data instanceof Float32Array ? Float32Array : Int32Array;
    new View(this.#arena.memory.buffer, address(storage), storage.length).set(data, offset);
  }

  async read(spans: readonly Span[]): Promise<Float32Array[]> {
    return spans.map((span) =>
      new Float32Array(this.#arena.memory.buffer, address(span.storage) + span.offset * 4, span.length).slice(),
    );
  }

  dispose(): void {
    // Dropping the only references lets the whole memory be collected.
    this.#arena = new Arena();
    this.#scratch = null;
    this.#disposed = true;
  }

  /** Room for `length` numbers that one kernel call may overwrite; kept and grown, never handed out. */
  protected scratchFor(length: number): number {
    if (!this.#scratch || this.#scratch.length < length) {
      if (this.#scratch) this.#arena.free(this.#scratch.address);
      // Whole blocks of the arena, so that `memory` leaves out all of it.
      const whole = Math.ceil(length / 4) * 4;
      this.#scratch = null;
      this.#scratch = new CpuStorage(this.#arena.alloc(whole * 4), whole);
    }
    return this.#scratch.address;
  }
}

function address(storage: Storage): number {
  if (!(storage instanceof CpuStorage) || storage.address < 0) {
    throw new EngineError("internal", "not a storage in use on this backend");
  }
  return storage.address;
}

/** Where storages begin, in bytes. */
export function addresses<S extends readonly Storage[]>(...storages: S): { readonly [I in keyof S]: number } {
  return storages.map(address) as { readonly [I in keyof S]: number };
}
