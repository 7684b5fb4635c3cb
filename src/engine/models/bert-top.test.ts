import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeBertTop } from "../testing/bert-top-parity.ts";

describeBertTop("the CPU, in Node", createCpuBackend, 1e-4);
