import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describePatching } from "../testing/gpt2-patching.ts";

describePatching("the CPU, in Node", createCpuBackend);
