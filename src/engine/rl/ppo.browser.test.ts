import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeUpdate } from "../testing/ppo-parity.ts";

describeUpdate("the CPU, in a browser", createCpuBackend);
describeUpdate("WebGPU", async () => (await chooseBackend("webgpu")).backend);
