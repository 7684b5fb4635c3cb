import { createCpuBackend } from "../../backends/cpu/cpu.ts";
import { describeGradients } from "../../testing/gradient-parity.ts";

describeGradients("the CPU, in Node", createCpuBackend, 1e-4);
