import { AutoModelForCausalLM, AutoTokenizer, env, type PreTrainedModel, Tensor } from "@huggingface/transformers";
import * as Comlink from "comlink";
import type { BackendKind } from "../../src/engine/backends/backend.ts";
import { argmax, type Decoded, type DecodeOptions, firstTokens, goesOn, type Subject } from "../subject.ts";

/** What a call of the model returns: the logits, and the caches of the next call, which stay on the GPU where there is one. */
interface Output {
  readonly logits: Tensor;
  readonly [present: string]: Tensor;
}

/**
 * transformers.js. Driven through the model's own call, a layer below `generate()`: that function's work per token, which the other subjects
 * do not do, is left out.
 */
class TransformersJs implements Subject {
  #model: PreTrainedModel | null = null;

  async load(folder: string, backend: BackendKind): Promise<void> {
    const url = new URL(folder);
    env.allowLocalModels = true;
    env.allowRemoteModels = false;
    const wasm = env.backends.onnx.wasm;
    if (!wasm) throw new Error("no onnxruntime");
    wasm.wasmPaths = new URL("/ort/", url).href;
    const id = url.pathname.split("/").at(-2) ?? "";
    const [model] = await Promise.all([
      AutoModelForCausalLM.from_pretrained(id, { device: backend === "cpu" ? "wasm" : "webgpu", dtype: "fp32" }),
      AutoTokenizer.from_pretrained(id),
    ]);
    this.#model = model;
  }

  async prefill(prompt: readonly number[]): Promise<number> {
    const start = performance.now();
    const output = await this.#forward([prompt], 0, null);
    await rowsOf(output);
    const elapsed = performance.now() - start;
    dispose(output);
    return elapsed;
  }

  async decode(prompt: readonly number[], options: DecodeOptions): Promise<Decoded> {
    const { batch } = options;
    const prompts = Array.from({ length: batch }, () => prompt);
    let output = await this.#forward(prompts, 0, null);
    let ids = firstTokens((await rowsOf(output))[0]!, batch);
    const decoded: Decoded = { tokens: [], milliseconds: [] };
    for (let i = 0; goesOn(decoded, options); i++) {
      const start = performance.now();
      const before = output;
      output = await this.#forward(
        ids.map((id) => [id]),
        prompt.length + i,
        pastOf(before),
      );
      ids = (await rowsOf(output)).map(argmax);
      dispose(before);
      decoded.milliseconds.push(performance.now() - start);
      decoded.tokens.push(ids);
    }
    dispose(output);
    return decoded;
  }

  /** onnxruntime-web cannot train. */
  async train(): Promise<null> {
    return null;
  }

  #forward(rows: readonly (readonly number[])[], first: number, past: Record<string, Tensor> | null): Promise<Output> {
    if (!this.#model) throw new Error("not loaded");
    const columns = rows[0]?.length ?? 0;
    const integers = (numbers: number[]): Tensor =>
      new Tensor("int64", BigInt64Array.from(numbers, BigInt), [rows.length, columns]);
    return this.#model({
      input_ids: integers(rows.flat()),
      position_ids: integers(rows.flatMap((row) => row.map((_, i) => first + i))),
      past_key_values: past,
    });
  }
}

function pastOf(output: Output): Record<string, Tensor> {
  const present = Object.entries(output).filter(([name]) => name.startsWith("present."));
  return Object.fromEntries(present.map(([name, tensor]) => [name.replace("present", "past_key_values"), tensor]));
}

/** The logits of each row; reading them waits for the GPU. */
async function rowsOf({ logits }: Output): Promise<Float32Array[]> {
  const [rows = 0, , size = 0] = logits.dims;
  const data = (await logits.ort_tensor.getData()) as Float32Array;
  return Array.from({ length: rows }, (_, row) => data.subarray(row * size, (row + 1) * size));
}

function dispose(output: Output): void {
  for (const tensor of Object.values(output)) tensor.dispose();
}

Comlink.expose(new TransformersJs());
