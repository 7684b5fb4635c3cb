import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { describeActorCritic } from "./testing/actor-critic-parity.ts";
import { describeBertCheckpoints } from "./testing/bert-checkpoints.ts";
import { describeInputGradients } from "./testing/bert-gradients-parity.ts";
import { describeBert } from "./testing/bert-parity.ts";
import { describeReadings } from "./testing/bert-readings.ts";
import { describeBertTop } from "./testing/bert-top-parity.ts";
import { describeBertTraces } from "./testing/bert-traces.ts";
import { describeDecoding } from "./testing/gpt-poem-parity.ts";
import { describeGpt2 } from "./testing/gpt2-parity.ts";
import { describePatching } from "./testing/gpt2-patching.ts";
import { describeTinyGpt2 } from "./testing/gpt2-tiny.ts";
import { describeGpt2Variants } from "./testing/gpt2-variants.ts";
import { describeGradients } from "./testing/gradient-parity.ts";
import { describeLstm } from "./testing/lstm-parity.ts";
import { describeOptimizers } from "./testing/optimizer-parity.ts";
import { describePolicy } from "./testing/policy-parity.ts";
import { describeUpdate } from "./testing/ppo-parity.ts";
import { describeSeq2Seq } from "./testing/seq2seq-parity.ts";
import { describeShipped } from "./testing/shipped-parity.ts";
import { describeSkipGram } from "./testing/skip-gram-parity.ts";
import { describeT5 } from "./testing/t5-parity.ts";
import { graphicsCard } from "./testing/webgpu.ts";

// What is held against PyTorch on the CPU in Node, held on what a reader with a graphics card gets: its kernels, and the weights in the form
// in which it keeps them. A reader without one gets the CPU (`backends/select.ts`).
const CARD = "WebGPU with the kernels for a graphics card";

await describeShipped(CARD, graphicsCard, 1e-3);
describeGpt2(CARD, graphicsCard, 1e-3);
// All of them would take the adapter of the tests minutes. Seventeen has no factor in common with the four prompts of each setting, so that these
// change from one to the next.
describeDecoding(CARD, graphicsCard, 17);
describeGradients(CARD, graphicsCard, 1e-3);
describeOptimizers(CARD, graphicsCard);
describeTinyGpt2(CARD, graphicsCard, 1e-3);
describeGpt2Variants(CARD, graphicsCard, 1e-3);
describePatching(CARD, graphicsCard);
describeBert(CARD, graphicsCard, 1e-4, 1e-3);
describeInputGradients(CARD, graphicsCard, 1e-3);
describeBertCheckpoints(CARD, graphicsCard, 1e-4);
describeReadings(CARD, graphicsCard);
describeBertTraces(CARD, graphicsCard, 1e-4);
describeBertTop(CARD, graphicsCard, 1e-3);
describeLstm(CARD, graphicsCard, 1e-4, 1e-3);
describeSeq2Seq(CARD, graphicsCard, 1e-4, 1e-3);
describeT5(CARD, graphicsCard, 1e-4, 1e-3);
describeSkipGram(CARD, graphicsCard, 1e-3);
describePolicy(CARD, graphicsCard, 1e-3);
describeUpdate(CARD, graphicsCard);
describeActorCritic(CARD, graphicsCard, 1e-3);

// The same bytes of WebAssembly run in Node's V8: one model says that they arrive here, too.
describeTinyGpt2("the CPU, in a browser", createCpuBackend, 1e-4);
