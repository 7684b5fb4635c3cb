import { describeBackend } from "../conformance.ts";
import { createCpuBackend } from "./cpu.ts";

describeBackend("CPU", createCpuBackend);
