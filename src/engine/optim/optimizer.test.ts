import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeOptimizers } from "../testing/optimizer-parity.ts";

describeOptimizers("the CPU, in Node", createCpuBackend);
