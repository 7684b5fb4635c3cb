import { EngineError } from "../../errors.ts";
import type { AttentionShape, Backend, LinearShape, Span, Storage } from "../backend.ts";
import { Arena } from "./arena.ts";
import { type KernelExports, kernelsBase64 } from "./kernels.generated.ts";

class CpuStorage implements Storage {
  readonly address: number;
  readonly length: number;
  constructor(address: number, length: number) {
    this.address = address;
    this.length = length;
  }
}

/** The WebAssembly backend: one core, 128-bit SIMD, tensors in the module's own memory. It runs wherever WebAssembly does, Node included. */
export async function createCpuBackend(): Promise<Backend> {
  const arena = new Arena();
  const bytes = Uint8Array.from(atob(kernelsBase64), (char) => char.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: arena.memory } });
  return new CpuBackend(arena, instance.exports as unknown as KernelExports);
}

class CpuBackend implements Backend {
  readonly kind = "cpu";
  readonly device = "WebAssembly SIMD";
  /** A CPU is never lost. */
  readonly lost = new Promise<string>(() => {});
  #arena: Arena;
  #kernels: KernelExports;
  #scratch: CpuStorage | null = null;
  #disposed = false;

  constructor(arena: Arena, kernels: KernelExports) {
    this.#arena = arena;
    this.#kernels = kernels;
  }

  get memory(): { bytes: number; storages: number } {
    const scratch = this.#scratch;
    return {
      bytes: this.#arena.usedBytes - (scratch ? scratch.length * 4 : 0),
      storages: this.#arena.blocks - (scratch ? 1 : 0),
    };
  }

  alloc(length: number): Storage {
    return new CpuStorage(this.#arena.alloc(length * 4), length);
  }

  free(storage: Storage): void {
    if (this.#disposed) return;
    this.#arena.free(address(storage));
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

  copy(out: Storage, source: Storage, length: number): void {
    this.#kernels.copy(address(out), address(source), length);
  }

  gather(out: Storage, table: Storage, indices: Storage, rows: number, width: number, accumulate = false): void {
    this.#kernels.gather(address(out), address(table), address(indices), rows, width, accumulate);
  }

  layerNorm(
    out: Storage,
    x: Storage,
    gain: Storage,
    bias: Storage,
    rows: number,
    width: number,
    epsilon: number,
  ): void {
    this.#kernels.layerNorm(address(out), address(x), address(gain), address(bias), rows, width, epsilon);
  }

  linear(out: Storage, x: Storage, weight: Storage, bias: Storage | null, shape: LinearShape): void {
    const { rows, inner, columns, transposed = false, accumulate = false } = shape;
    this.#kernels.linear(
      address(out),
      address(x),
      address(weight),
      bias ? address(bias) : 0,
      this.#scratchFor(inner * 8),
      rows,
      inner,
      columns,
      transposed,
      accumulate,
    );
  }

  gelu(out: Storage, x: Storage, length: number): void {
    this.#kernels.gelu(address(out), address(x), length);
  }

  storeKeyValues(keys: Storage, values: Storage, qkv: Storage, slots: Storage, tokens: number, width: number): void {
    this.#kernels.storeKeyValues(address(keys), address(values), address(qkv), address(slots), tokens, width);
  }

  attention(
    out: Storage,
    pattern: Storage,
    qkv: Storage,
    keys: Storage,
    values: Storage,
    paths: Storage,
    spans: Storage,
    shape: AttentionShape,
  ): void {
    this.#kernels.attention(
      address(out),
      address(pattern),
      address(qkv),
      address(keys),
      address(values),
      address(paths),
      address(spans),
      shape.tokens,
      shape.heads,
      shape.headWidth,
      shape.pathStride,
    );
  }

  /** Room for `length` numbers that one kernel call may overwrite; kept and grown, never handed out. */
  #scratchFor(length: number): number {
    if (!this.#scratch || this.#scratch.length < length) {
      if (this.#scratch) this.#arena.free(this.#scratch.address);
      this.#scratch = new CpuStorage(this.#arena.alloc(length * 4), length);
    }
    return this.#scratch.address;
  }
}

function address(storage: Storage): number {
  if (!(storage instanceof CpuStorage)) throw new EngineError("internal", "storage of another backend");
  return storage.address;
}
