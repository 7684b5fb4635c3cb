import { chooseBackend } from "../backends/select.ts";
import { describeTinyGpt2 } from "../testing/gpt2-tiny.ts";
import { createGraphicsCardBackend } from "../testing/webgpu.ts";

describeTinyGpt2("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
describeTinyGpt2("WebGPU with the kernels for a graphics card", createGraphicsCardBackend, 1e-3);
