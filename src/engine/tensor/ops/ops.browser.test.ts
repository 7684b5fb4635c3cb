import { createCpuBackend } from "../../backends/cpu/cpu.ts";
import { chooseBackend } from "../../backends/select.ts";
import { describeGradients } from "../../testing/gradient-parity.ts";
import { createGraphicsCardBackend } from "../../testing/webgpu.ts";

describeGradients("the CPU, in a browser", createCpuBackend, 1e-4);
describeGradients("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
describeGradients("WebGPU with the kernels for a graphics card", createGraphicsCardBackend, 1e-3);
