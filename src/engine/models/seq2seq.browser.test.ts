import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { chooseBackend } from "../backends/select.ts";
import { describeSeq2Seq } from "../testing/seq2seq-parity.ts";

describeSeq2Seq("the CPU, in a browser", createCpuBackend, 1e-5, 1e-4);
describeSeq2Seq("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-4, 1e-3);
