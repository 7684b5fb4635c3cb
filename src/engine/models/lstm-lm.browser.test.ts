import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeLstm } from "../testing/lstm-parity.ts";

describeLstm("the CPU, in a browser", createCpuBackend, 1e-5, 1e-4);
describeLstm("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4, 1e-3);
