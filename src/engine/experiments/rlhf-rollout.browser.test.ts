import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeActorCritic } from "../testing/actor-critic-parity.ts";

describeActorCritic("the CPU, in a browser", createCpuBackend, 1e-4);
describeActorCritic("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
