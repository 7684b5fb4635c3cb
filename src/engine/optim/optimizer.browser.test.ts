import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeOptimizers } from "../testing/optimizer-parity.ts";

describeOptimizers("the CPU, in a browser", createCpuBackend);
describeOptimizers("WebGPU", async () => (await chooseBackend("webgpu")).backend);
