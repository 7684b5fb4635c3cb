import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeSkipGram } from "../testing/skip-gram-parity.ts";

describeSkipGram("the CPU, in a browser", createCpuBackend, 1e-4);
describeSkipGram("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
