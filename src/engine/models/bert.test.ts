import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeBertCheckpoints } from "../testdata/bert-checkpoints.ts";
import { describeInputGradients } from "../testdata/bert-gradients-parity.ts";
import { describeBert } from "../testdata/bert-parity.ts";
import { describeReadings } from "../testdata/bert-readings.ts";
import { describeBertTraces } from "../testdata/bert-traces.ts";

describeBert("the CPU, in Node", createCpuBackend, 1e-5, 1e-4);
describeInputGradients("the CPU, in Node", createCpuBackend, 1e-5);
describeBertCheckpoints("the CPU, in Node", createCpuBackend, 1e-5);
describeReadings("the CPU, in Node", createCpuBackend);
describeBertTraces("the CPU, in Node", createCpuBackend, 1e-5);
