import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeShipped } from "../testing/shipped-parity.ts";

await describeShipped("the CPU, in Node", createCpuBackend, 1e-4);
