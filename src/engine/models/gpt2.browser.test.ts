import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeGpt2 } from "../testing/gpt2-parity.ts";

describeGpt2("the CPU, in a browser", createCpuBackend, 2e-4);
describeGpt2("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
