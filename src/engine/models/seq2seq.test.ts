import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { describeSeq2Seq } from "../testdata/seq2seq-parity.ts";

describeSeq2Seq("the CPU, in Node", createCpuBackend, 1e-5, 1e-4);
