import { EngineError, fetched } from "../errors.ts";
import type { Backend, BackendKind } from "./backend.ts";
import { requestWebGpuDevice } from "./webgpu/device.ts";

/** A backend, and a sentence that tells the reader why it was chosen. */
export interface Choice {
  readonly backend: Backend;
  readonly reason: string;
}

/**
 * WebGPU where a real GPU answers, the CPU otherwise. A software adapter computes on the CPU anyway, several times slower than our SIMD
 * kernels, so it is only used when `forced`.
 *
 * @param onDevice is given a GPU's backend before it is ready: its memory can be filled in the meantime. It will be the chosen one, unless its
 *   driver refuses a kernel
 * @throws EngineError `no-webgpu` if WebGPU is forced and there is none
 */
export async function chooseBackend(forced?: BackendKind, onDevice?: (backend: Backend) => void): Promise<Choice> {
  if (forced === "cpu") return cpu("网址里指定了 CPU");
  // Null where a browser has it switched off.
  if (!navigator.gpu) return cpuInstead(forced, "这个浏览器没有 WebGPU");
  try {
    // Fetched meanwhile: few browsers that have WebGPU have no GPU.
    const code = import("./webgpu/webgpu.ts");
    code.catch(() => {});
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return cpuInstead(forced, "没有找到可用的 GPU");
    // Older browsers have no `info`.
    if (adapter.info?.isFallbackAdapter && forced !== "webgpu") return cpu("只有软件模拟的 GPU，直接用 CPU 更快");
    const [device, { createWebGpuBackend }] = await Promise.all([requestWebGpuDevice(adapter), code]);
    const backend = await createWebGpuBackend(device, { onDevice });
    return { backend, reason: forced === "webgpu" ? "网址里指定了 WebGPU" : "浏览器提供了 GPU" };
  } catch (error) {
    return cpuInstead(forced, `GPU 没能启动：${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The CPU's backend. A page that computes on a GPU does not fetch its code, unless the device is lost.
 * @throws EngineError `network` if the code cannot be fetched
 */
export async function openCpu(): Promise<Backend> {
  const { createCpuBackend } = await fetched("CPU", import("./cpu/cpu.ts"));
  return createCpuBackend();
}

async function cpu(reason: string): Promise<Choice> {
  return { backend: await openCpu(), reason };
}

async function cpuInstead(forced: BackendKind | undefined, reason: string): Promise<Choice> {
  if (forced === "webgpu") throw new EngineError("no-webgpu", reason);
  return cpu(reason);
}
