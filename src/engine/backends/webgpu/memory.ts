import { EngineError } from "../../errors.ts";
import type { Span, Storage } from "../storage.ts";
import { BufferPool, type PooledBuffer } from "./buffer-pool.ts";
import { deviceName } from "./device-name.ts";
import type { KernelName, Kernels } from "./kernels.ts";
import { mapForReading } from "./map-for-reading.ts";
import { DeviceMonitor } from "./monitor.ts";
import { Recorder } from "./recorder.ts";

const MIB = 1024 * 1024;
/** Idle memory kept for the next forward pass: the intermediates of some hundred tokens. */
const STORAGE_CAP = 64 * MIB;
const STAGING_CAP = 16 * MIB;

/** Numbers are f32 or i32. */
const BYTES = 4;

/** The half of a WebGPU backend that every operation stands on: storages, and the recording and reading back of what is done to them. */
export abstract class WebGpuMemory {
  readonly kind = "webgpu";
  readonly device: string;
  readonly lost: Promise<string>;
  readonly #gpu: GPUDevice;
  readonly #kernels: Kernels;
  readonly #monitor: DeviceMonitor;
  readonly #pool: BufferPool;
  readonly #staging: BufferPool;
  readonly #recorder: Recorder;
  /** The storages in use. */
  readonly #buffers = new Map<Storage, PooledBuffer>();
  #bytes = 0;
  #disposed = false;

  constructor(gpu: GPUDevice, kernels: Kernels) {
    this.#gpu = gpu;
    this.#kernels = kernels;
    this.device = deviceName(gpu.adapterInfo);
    this.#monitor = new DeviceMonitor(gpu);
    this.lost = this.#monitor.lost;
    this.#recorder = new Recorder(gpu, this.#monitor);
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    this.#pool = new BufferPool(gpu, this.#monitor, STORAGE | COPY_SRC | COPY_DST, STORAGE_CAP);
    this.#staging = new BufferPool(gpu, this.#monitor, MAP_READ | COPY_DST, STAGING_CAP);
  }

  get memory(): { bytes: number; storages: number } {
    return { bytes: this.#bytes, storages: this.#buffers.size };
  }

  /** WebGPU keeps the size of a GPU's memory to itself. */
  get limits(): { bytes: number; storageBytes: number } {
    return { bytes: Number.POSITIVE_INFINITY, storageBytes: this.#gpu.limits.maxStorageBufferBindingSize };
  }

  alloc(length: number): Storage {
    const storage: Storage = Object.freeze({ length });
    this.#buffers.set(storage, this.#pool.take(length * BYTES));
    this.#bytes += length * BYTES;
    return storage;
  }

  free(storage: Storage): void {
    if (this.#disposed) return;
    this.#pool.give(this.#buffer(storage));
    this.#buffers.delete(storage);
    this.#bytes -= storage.length * BYTES;
    if (this.#pool.overfull) {
      // Commands that wait for submission may use what is about to be destroyed; those submitted are safe.
      this.#recorder.submit();
      this.#pool.trim();
    }
  }

  upload(storage: Storage, data: Float32Array | Int32Array, offset = 0): void {
    const target = this.#buffer(storage);
    checkRange(storage, offset, data.length);
    // The queue writes before it runs what is submitted later, and the commands recorded so far are not submitted yet. That is in order
    // unless one of them uses the storage: then they must go first.
    if (this.#recorder.uses(target)) this.#recorder.submit();
    this.#gpu.queue.writeBuffer(target.buffer, offset * BYTES, data.buffer, data.byteOffset, data.byteLength);
  }

  async read(spans: readonly Span[]): Promise<Float32Array[]> {
    const sources = spans.map(({ storage, offset, length }) => {
      checkRange(storage, offset, length);
      return this.#buffer(storage);
    });
    const bytes = spans.reduce((sum, { length }) => sum + length * BYTES, 0);
    if (bytes === 0) {
      this.#recorder.submit();
      await this.#monitor.settle(this.#gpu.queue.onSubmittedWorkDone());
      return spans.map(() => new Float32Array());
    }

    const staging = this.#staging.take(bytes);
    let end = 0;
    for (const [i, { offset, length }] of spans.entries()) {
      this.#recorder.copy(sources[i]!, offset * BYTES, staging, end, length * BYTES);
      end += length * BYTES;
    }
    this.#recorder.submit();
    try {
      await this.#monitor.settle(mapForReading(this.#gpu, staging.buffer, bytes));
    } catch (error) {
      // Mapped or not, it is of no use to the next read.
      staging.buffer.destroy();
      throw error;
    }
    const mapped = staging.buffer.getMappedRange(0, bytes);
    let start = 0;
    const numbers = spans.map(({ length }) => {
      const from = start;
      start += length * BYTES;
      return new Float32Array(mapped.slice(from, start));
    });
    staging.buffer.unmap();
    this.#staging.give(staging);
    this.#staging.trim();
    return numbers;
  }

  dispose(): void {
    this.#buffers.clear();
    this.#bytes = 0;
    this.#disposed = true;
    this.#monitor.close();
  }

  copy(out: Storage, source: Storage, length: number): void {
    this.#recorder.copy(this.#buffer(source), 0, this.#buffer(out), 0, length * BYTES);
  }

  /** Records one run of a kernel. `parameters` are 32-bit patterns in the order of the kernel's struct. */
  protected run(
    name: KernelName,
    storages: readonly Storage[],
    parameters: readonly number[],
    workgroups: number,
  ): void {
    const buffers = storages.map((storage) => this.#buffer(storage));
    // The device is not kept waiting by the compiler.
    if (!this.#kernels.has(name)) this.#recorder.submit();
    this.#recorder.dispatch(this.#kernels.get(name), buffers, parameters, workgroups);
  }

  /** @throws EngineError `internal`: freed, or of another backend */
  #buffer(storage: Storage): PooledBuffer {
    const buffer = this.#buffers.get(storage);
    if (!buffer) throw new EngineError("internal", "not a storage in use on this backend");
    return buffer;
  }
}

function checkRange(storage: Storage, offset: number, length: number): void {
  if (offset < 0 || offset + length > storage.length) {
    throw new EngineError("internal", `${offset} + ${length} numbers in a storage of ${storage.length}`);
  }
}
