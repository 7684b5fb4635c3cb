import { EngineError } from "../../errors.ts";
import type { PooledBuffer } from "./buffer-pool.ts";
import type { Kernel } from "./kernels.ts";
import type { DeviceMonitor } from "./monitor.ts";

/** Dispatches of one submission; a forward pass of a 12-layer model takes about a hundred. */
const MAX_DISPATCHES = 1024;
/** Bytes that one dispatch has for its parameters. */
const PARAMETER_BYTES = 80;
/** A model needs about ten for each layer. They are cheap to make again: when there are so many, all are dropped. */
const MAX_BIND_GROUPS = 1024;

/**
 * Collects dispatches and copies in one command buffer.
 *
 * The parameters of all dispatches lie in one uniform buffer, each at its own dynamic offset. It is written once, just before the
 * submission: the queue runs in order, so the commands of the submission before have read theirs by then.
 */
export class Recorder {
  readonly #device: GPUDevice;
  readonly #monitor: DeviceMonitor;
  readonly #uniforms: GPUBuffer;
  readonly #parameters: Uint32Array<ArrayBuffer>;
  /** Distance of two parameter blocks, in bytes. */
  readonly #stride: number;
  readonly #maxGrid: number;
  #encoder: GPUCommandEncoder | null = null;
  #pass: GPUComputePassEncoder | null = null;
  #dispatches = 0;
  /** Ids of the buffers that the commands not submitted yet read or write. */
  readonly #used = new Set<number>();
  /** By the shape of the group and the ids of its buffers. Nobody asks again for a group of a buffer that is gone. */
  readonly #bindGroups = new Map<string, GPUBindGroup>();

  constructor(device: GPUDevice, monitor: DeviceMonitor) {
    this.#device = device;
    this.#monitor = monitor;
    this.#stride = Math.max(device.limits.minUniformBufferOffsetAlignment, PARAMETER_BYTES);
    this.#maxGrid = device.limits.maxComputeWorkgroupsPerDimension;
    this.#parameters = new Uint32Array((MAX_DISPATCHES * this.#stride) / 4);
    this.#uniforms = device.createBuffer({
      label: "parameters",
      size: this.#parameters.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Whether a command that was not submitted yet reads or writes this buffer. */
  uses(buffer: PooledBuffer): boolean {
    return this.#used.has(buffer.id);
  }

  /** Records one run of a kernel over `workgroups` workgroups. `parameters` are 32-bit patterns in the order of the kernel's struct. */
  dispatch(kernel: Kernel, buffers: readonly PooledBuffer[], parameters: readonly number[], workgroups: number): void {
    if (workgroups === 0) return;
    if (this.#dispatches === MAX_DISPATCHES) this.submit();
    const offset = this.#dispatches++ * this.#stride;
    this.#parameters.set(parameters, offset / 4);
    for (const { id } of buffers) this.#used.add(id);
    const encoder = this.#begin();
    this.#pass ??= encoder.beginComputePass();
    this.#pass.setPipeline(kernel.pipeline);
    this.#pass.setBindGroup(0, this.#bindGroup(kernel, buffers), [offset]);
    // A grid has at most 65535 workgroups along an axis: more fold into rows, and the kernels unfold them.
    const across = Math.min(workgroups, this.#maxGrid);
    this.#pass.dispatchWorkgroups(across, Math.ceil(workgroups / across));
  }

  copy(from: PooledBuffer, fromByte: number, to: PooledBuffer, toByte: number, bytes: number): void {
    this.#used.add(from.id).add(to.id);
    const encoder = this.#begin();
    this.#pass?.end();
    this.#pass = null;
    encoder.copyBufferToBuffer(from.buffer, fromByte, to.buffer, toByte, bytes);
  }

  /** Hands everything recorded so far to the device. */
  submit(): void {
    if (!this.#encoder) return;
    this.#pass?.end();
    const { queue } = this.#device;
    queue.writeBuffer(this.#uniforms, 0, this.#parameters, 0, (this.#dispatches * this.#stride) / 4);
    queue.submit([this.#encoder.finish()]);
    void this.#monitor.endScope();
    this.#encoder = null;
    this.#pass = null;
    this.#dispatches = 0;
    this.#used.clear();
  }

  #begin(): GPUCommandEncoder {
    if (!this.#encoder) {
      // Ended in `submit`: covers all that is recorded, bind groups included.
      this.#device.pushErrorScope("validation");
      this.#encoder = this.#device.createCommandEncoder();
    }
    return this.#encoder;
  }

  #bindGroup(kernel: Kernel, buffers: readonly PooledBuffer[]): GPUBindGroup {
    const key = `${kernel.layout.label}:${buffers.map(({ id }) => id).join()}`;
    const known = this.#bindGroups.get(key);
    if (known) return known;
    checkAliases(kernel, buffers);
    if (this.#bindGroups.size === MAX_BIND_GROUPS) this.#bindGroups.clear();
    const made = this.#device.createBindGroup({
      layout: kernel.layout,
      entries: [
        { binding: 0, resource: { buffer: this.#uniforms, size: PARAMETER_BYTES } },
        ...buffers.map(({ buffer }, i) => ({ binding: i + 1, resource: { buffer } })),
      ],
    });
    this.#bindGroups.set(key, made);
    return made;
  }
}

/** WebGPU refuses a dispatch that writes a buffer under two names; better to hear of it here than after the next read. */
function checkAliases(kernel: Kernel, buffers: readonly PooledBuffer[]): void {
  for (let i = 0; i < kernel.written; i++) {
    if (buffers.indexOf(buffers[i]!, i + 1) >= 0) {
      throw new EngineError("internal", `${kernel.name}: an output is also another operand`);
    }
  }
}
