import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeDecoding } from "../testing/gpt-poem-parity.ts";

describeDecoding("the CPU, in Node", createCpuBackend);
