import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeBertCheckpoints } from "../testing/bert-checkpoints.ts";
import { describeInputGradients } from "../testing/bert-gradients-parity.ts";
import { describeBert } from "../testing/bert-parity.ts";
import { describeReadings } from "../testing/bert-readings.ts";
import { describeBertTraces } from "../testing/bert-traces.ts";

describeBert("the CPU, in Node", createCpuBackend, 1e-5, 1e-4);
describeInputGradients("the CPU, in Node", createCpuBackend, 1e-5);
describeBertCheckpoints("the CPU, in Node", createCpuBackend, 1e-5);
describeReadings("the CPU, in Node", createCpuBackend);
describeBertTraces("the CPU, in Node", createCpuBackend, 1e-5);
