import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeGpt2 } from "../testing/gpt2-parity.ts";

describeGpt2("the CPU, in Node", createCpuBackend, 2e-4);
