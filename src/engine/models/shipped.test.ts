import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeShipped } from "../testdata/shipped-parity.ts";

await describeShipped("the CPU, in Node", createCpuBackend, 1e-4);
