import { chooseBackend } from "../backends/select.ts";
import { describeDecoding } from "../testing/gpt-poem-parity.ts";

// The adapter of the tests is a software one. Seven has no factor in common with the four prompts of each setting, so all take part.
describeDecoding("WebGPU", async () => (await chooseBackend("webgpu")).backend, 7);
