import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeBertCheckpoints } from "../testing/bert-checkpoints.ts";
import { describeInputGradients } from "../testing/bert-gradients-parity.ts";
import { describeBert } from "../testing/bert-parity.ts";
import { describeReadings } from "../testing/bert-readings.ts";
import { describeBertTraces } from "../testing/bert-traces.ts";

describeBert("the CPU, in a browser", createCpuBackend, 1e-5, 1e-4);
describeBert("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4, 1e-3);
describeInputGradients("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
describeBertCheckpoints("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4);
describeReadings("WebGPU", async () => (await chooseBackend("webgpu")).backend);
describeBertTraces("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4);
