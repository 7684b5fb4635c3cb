import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeLstm } from "../testing/lstm-parity.ts";

describeLstm("the CPU, in Node", createCpuBackend, 1e-5, 1e-4);
