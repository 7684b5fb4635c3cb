import { EngineError } from "../../errors.ts";
import type { DeviceMonitor } from "./monitor.ts";

/** A GPU buffer with what the caches need to know of it. */
export interface PooledBuffer {
  /** Never used again, also when the buffer is gone. */
  readonly id: number;
  readonly bytes: number;
  readonly buffer: GPUBuffer;
}

const MIB = 1024 * 1024;

/**
 * Exact sizes repeat little from one prompt to the next, size classes do: powers of two up to 1 MiB, then whole MiB, so that large
 * weights waste little. All are multiples of 4, as copies need, and of 16, as `array<vec4f>` does.
 */
function sizeClass(bytes: number): number {
  if (bytes > MIB) return Math.ceil(bytes / MIB) * MIB;
  return Math.max(256, 2 ** Math.ceil(Math.log2(Math.max(bytes, 1))));
}

/** Buffers of one usage. Those given back are kept for reuse until they hold more than `cap` bytes. */
export class BufferPool {
  readonly #device: GPUDevice;
  readonly #monitor: DeviceMonitor;
  readonly #usage: GPUBufferUsageFlags;
  readonly #cap: number;
  /** Idle buffers by size class. */
  readonly #idle = new Map<number, PooledBuffer[]>();
  readonly #failed = new WeakSet<PooledBuffer>();
  #idleBytes = 0;
  #created = 0;

  constructor(device: GPUDevice, monitor: DeviceMonitor, usage: GPUBufferUsageFlags, cap: number) {
    this.#device = device;
    this.#monitor = monitor;
    this.#usage = usage;
    this.#cap = cap;
  }

  /**
   * A buffer of at least that size, with any content. If the device has no memory for it, the monitor hears of that later.
   * @throws EngineError `out-of-memory`: more than the device ever gives to one buffer
   */
  take(bytes: number): PooledBuffer {
    const size = sizeClass(bytes);
    const reused = this.#idle.get(size)?.pop();
    if (reused) {
      this.#idleBytes -= size;
      return reused;
    }
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits;
    if (size > Math.min(maxBufferSize, maxStorageBufferBindingSize)) {
      throw new EngineError("out-of-memory", `${Math.ceil(bytes / MIB)} MiB`);
    }
    this.#device.pushErrorScope("out-of-memory");
    const created = {
      id: this.#created++,
      bytes: size,
      buffer: this.#device.createBuffer({ size, usage: this.#usage }),
    };
    void this.#monitor.endScope().then((ok) => {
      if (!ok) this.#failed.add(created);
    });
    return created;
  }

  give(buffer: PooledBuffer): void {
    if (this.#failed.has(buffer)) return;
    const idle = this.#idle.get(buffer.bytes);
    if (idle) idle.push(buffer);
    else this.#idle.set(buffer.bytes, [buffer]);
    this.#idleBytes += buffer.bytes;
  }

  get overfull(): boolean {
    return this.#idleBytes > this.#cap;
  }

  /** Destroys idle buffers, the largest first, until the rest is within the cap; no command waiting to be submitted may use one. */
  trim(): void {
    for (const [size, idle] of [...this.#idle].sort(([a], [b]) => b - a)) {
      while (this.overfull && idle.length > 0) {
        idle.pop()!.buffer.destroy();
        this.#idleBytes -= size;
      }
    }
  }
}
