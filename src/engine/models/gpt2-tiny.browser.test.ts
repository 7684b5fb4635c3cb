import { chooseBackend } from "../backends/select.ts";
import { describeTinyGpt2 } from "../testdata/gpt2-tiny.ts";

describeTinyGpt2("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
