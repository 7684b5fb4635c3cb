import { describe, expect, test, vi } from "vitest";
import { describeBackend } from "../testing/conformance.ts";
import { createGraphicsCardBackend, requestAdapter } from "../testing/webgpu.ts";
import { requestWebGpuDevice } from "./webgpu/device.ts";
import { createWebGpuBackend } from "./webgpu/webgpu.ts";

describeBackend("WebGPU", async () => createWebGpuBackend(await requestWebGpuDevice(await requestAdapter())));
describeBackend("WebGPU with the kernels for a graphics card", createGraphicsCardBackend);

describe("the WebGPU device", () => {
  /** A backend with work to do, and the device below it. */
  async function start() {
    const device = await requestWebGpuDevice(await requestAdapter());
    const backend = await createWebGpuBackend(device);
    const x = backend.alloc(1000);
    backend.upload(x, new Float32Array(1000));
    backend.map("geluTanh", x, x, 1000);
    return { device, backend, spans: [{ storage: x, offset: 0, length: 1000 }] };
  }

  test("is named for the reader, as software where it is", async () => {
    const { backend } = await start();
    expect(backend).toMatchObject({ kind: "webgpu", device: "SwiftShader（软件模拟）" });
    backend.dispose();
  });

  test("when lost, says so and fails the read under way and every later one", async () => {
    const { device, backend, spans } = await start();
    const pending = backend.read(spans);
    device.destroy();
    await expect(pending).rejects.toMatchObject({ name: "EngineError", code: "device-lost" });
    expect(await backend.lost).not.toBe("");
    await expect(backend.read(spans)).rejects.toMatchObject({ code: "device-lost" });
    await expect(backend.read([])).rejects.toMatchObject({ code: "device-lost" });
    backend.free(backend.alloc(10));
    backend.dispose();
  });

  test("when disposed, reports no loss", async () => {
    const { device, backend, spans } = await start();
    let lost = false;
    void backend.lost.then(() => {
      lost = true;
    });
    const pending = backend.read(spans);
    backend.dispose();
    await expect(pending).rejects.toMatchObject({ code: "cancelled" });
    await device.lost;
    expect(lost).toBe(false);
  });

  test("an error of the device fails the next read, and only that one", async () => {
    const { device, backend, spans } = await start();
    device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    await expect(backend.read(spans)).rejects.toMatchObject({ code: "internal" });
    expect(await backend.read(spans)).toEqual([new Float32Array(1000)]);
    backend.dispose();
  });

  test("memory that the device does not have fails the next read, and is not pooled", async () => {
    const { device, backend, spans } = await start();
    // No test can really exhaust the memory of whatever machine it runs on.
    const popErrorScope = device.popErrorScope.bind(device);
    device.popErrorScope = async () => {
      device.popErrorScope = popErrorScope;
      await popErrorScope();
      return new GPUOutOfMemoryError("no room");
    };
    const missing = backend.alloc(100_000);
    await expect(backend.read(spans)).rejects.toMatchObject({ code: "out-of-memory", detail: "no room" });
    backend.free(missing);
    const createBuffer = vi.spyOn(device, "createBuffer");
    backend.free(backend.alloc(100_000));
    expect(createBuffer).toHaveBeenCalledOnce();
    expect(await backend.read(spans)).toEqual([new Float32Array(1000)]);
    backend.dispose();
  });

  test("a storage that was freed, or is another backend's, is refused", async () => {
    const [one, other] = [await start(), await start()];
    const freed = one.backend.alloc(4);
    one.backend.free(freed);
    for (const storage of [freed, other.spans[0]!.storage]) {
      expect(() => one.backend.map("geluTanh", storage, storage, 4)).toThrow(
        expect.objectContaining({ code: "internal" }),
      );
    }
    one.backend.dispose();
    other.backend.dispose();
  });
});
