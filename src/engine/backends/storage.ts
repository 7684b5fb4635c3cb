/** `length` 32-bit numbers that a backend owns (f32; or i32 where an operation says "indices"). */
export interface Storage {
  readonly length: number;
}

/** A piece of a storage to read back, in elements. */
export interface Span {
  readonly storage: Storage;
  readonly offset: number;
  readonly length: number;
}

/** All of a storage. */
export function wholeOf(storage: Storage): Span {
  return { storage, offset: 0, length: storage.length };
}

/** The memory of a backend. Callers hold opaque handles and never see a pointer or a `GPUBuffer`. */
export interface Memory {
  /** Bytes and number of storages in use (not those pooled for reuse). */
  readonly memory: { readonly bytes: number; readonly storages: number };
  /** Bytes that it can hold at most, in all and in one storage; Infinity where nobody says. */
  readonly limits: { readonly bytes: number; readonly storageBytes: number };

  /** Zero-filled on first use is NOT promised: pooled memory keeps old numbers. @throws EngineError `out-of-memory` */
  alloc(length: number): Storage;
  /** After `dispose` it does nothing, so that owners may be cleaned up in any order. */
  free(storage: Storage): void;
  /** Writes host numbers; ordered with the operations recorded before and after it. */
  upload(storage: Storage, data: Float32Array | Int32Array, offset?: number): void;
  /** Runs everything recorded and reads the spans back in one batch. @throws EngineError `device-lost` */
  read(spans: readonly Span[]): Promise<Float32Array[]>;
  /** Frees everything. */
  dispose(): void;
}
