import { chooseBackend } from "../backends/select.ts";
import { describeBertTop } from "../testing/bert-top-parity.ts";

describeBertTop("WebGPU", async () => (await chooseBackend("webgpu")).backend, 1e-3);
