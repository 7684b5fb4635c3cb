import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCpuBackend } from "../src/engine/backends/cpu/cpu.ts";
import { parseModelFiles } from "../src/engine/files/loader.ts";
import { formatSafetensors } from "../src/engine/files/save.ts";
import { Bert } from "../src/engine/models/bert.ts";
import { padSequences } from "../src/engine/models/token-batch.ts";
import { Tape } from "../src/engine/tensor/tape.ts";
import { type HostTensor, Trace } from "../src/engine/tensor/trace.ts";

/**
 * What the engine makes of texts with the BERT of a Hugging Face folder, for `python3 -m training.check_minilm` to compare:
 *
 *   node scripts/trace-bert.ts <folder> <texts.json> <results.safetensors>
 *
 * texts.json is a list of texts or of pairs; all of them run as one padded batch.
 */
const [folder = "", textsFile = "", resultsFile = ""] = process.argv.slice(2);
const texts = JSON.parse(await readFile(textsFile, "utf8")) as [string, string?][];
const { config, tokenizer, tensors } = await parseModelFiles(async (path) => {
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, path));
  return buffer.slice(byteOffset, byteOffset + byteLength);
});
if (config.architecture !== "bert") throw new Error(`${folder} holds no BERT.`);

const encoded = texts.map(([first, second]) => tokenizer.encode(first, second));
const batch = padSequences(
  encoded.map(({ ids }) => ids),
  tokenizer.id("[PAD]") ?? 0,
);
const { ids: segments } = padSequences(
  encoded.map((text) => text.segments),
  0,
);

const backend = await createCpuBackend();
const model = Bert.open(backend, config, tensors);
const tape = new Tape(backend, "off");
const trace = new Trace(
  ["full_embed", "blocks.*.normalized_resid_post", "blocks.*.attn.pattern", "pooler_out"],
  model.traceNames,
);
const start = performance.now();
model.forward(tape, { ...batch, segments }, trace);
const traces = trace.tensors(await backend.read(trace.spans));
console.log(`${batch.ids.length} tokens, padding included, in ${Math.round(performance.now() - start)} ms`);
tape.dispose();
model.dispose();
backend.dispose();

const integers = (numbers: Int32Array): HostTensor => ({ shape: [numbers.length], data: Float32Array.from(numbers) });
const inputs: [string, HostTensor][] = [
  ["ids", integers(batch.ids)],
  ["segments", integers(segments)],
  ["lengths", integers(batch.lengths)],
];
await writeFile(resultsFile, formatSafetensors(new Map([...inputs, ...traces])));
