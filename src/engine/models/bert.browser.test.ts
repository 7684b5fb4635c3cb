import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeBertCheckpoints } from "../testdata/bert-checkpoints.ts";
import { describeInputGradients } from "../testdata/bert-gradients-parity.ts";
import { describeBert } from "../testdata/bert-parity.ts";
import { describeReadings } from "../testdata/bert-readings.ts";
import { describeBertTraces } from "../testdata/bert-traces.ts";

describeBert("the CPU, in a browser", createCpuBackend, 1e-5, 1e-4);
describeBert("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4, 1e-3);
describeInputGradients("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
describeBertCheckpoints("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4);
describeReadings("WebGPU", async () => (await chooseBackend("webgpu")).backend);
describeBertTraces("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4);
