import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describePolicy } from "../testing/policy-parity.ts";

describePolicy("the CPU, in a browser", createCpuBackend, 1e-4);
describePolicy("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
