import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeGpt2Variants } from "../testing/gpt2-variants.ts";

describeGpt2Variants("the CPU, in Node", createCpuBackend, 1e-4);
