import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeShipped } from "../testing/shipped-parity.ts";

await describeShipped("the CPU, in a browser", createCpuBackend, 1e-4);
await describeShipped("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4);
