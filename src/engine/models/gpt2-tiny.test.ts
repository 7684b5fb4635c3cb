import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { wholeOf } from "../backends/storage.ts";
import { type Gpt2Config, parseConfig } from "../files/config.ts";
import type { WeightSource } from "../nn/weights.ts";
import { Random } from "../random.ts";
import { sizeOf, Tape } from "../tensor/tape.ts";
import { normalBelow } from "../testing/conformance/reference.ts";
import { describeTinyGpt2 } from "../testing/gpt2-tiny.ts";
import { relativeError } from "../testing/relative-error.ts";
import { Gpt2 } from "./gpt2.ts";
import { logits } from "./gpt2-plain.ts";
import { Gpt2Tree } from "./gpt2-tree.ts";

describeTinyGpt2("the CPU, in Node", createCpuBackend, 1e-4);

test("a fresh GPT-2 begins as Radford et al. say, and the same from the same seed", async () => {
  const config: Gpt2Config = {
    architecture: "gpt2",
    vocabularySize: 300,
    contextLength: 32,
    width: 64,
    innerWidth: 256,
    layers: 2,
    heads: 4,
    activation: "geluTanh",
    epsilon: 1e-5,
    tiedHead: true,
    endIds: [],
  };
  const backend = await createCpuBackend();
  const read = async (seed: number): Promise<Map<string, Float32Array>> => {
    const { parameters } = Gpt2.create(backend, config, new Random(seed));
    const all = [...parameters];
    const data = await backend.read(all.map(({ storage }) => ({ storage, offset: 0, length: storage.length })));
    return new Map(all.map(({ name }, i) => [name, data[i]!]));
  };
  const weights = await read(3);
  expect(await read(3)).toEqual(weights);
  expect(await read(4)).not.toEqual(weights);
  const deviation = (name: string): number => {
    const numbers = weights.get(name)!;
    return Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0) / numbers.length);
  };
  expect(deviation("transformer.wte.weight")).toBeCloseTo(0.02, 3);
  expect(deviation("transformer.h.1.mlp.c_fc.weight")).toBeCloseTo(0.02, 3);
  expect(deviation("transformer.h.1.mlp.c_proj.weight")).toBeCloseTo(0.01, 3);
  expect(deviation("transformer.h.0.attn.c_proj.weight")).toBeCloseTo(0.01, 3);
  expect(new Set(weights.get("transformer.h.0.ln_1.weight"))).toEqual(new Set([1]));
  expect(new Set(weights.get("transformer.h.0.attn.c_attn.bias"))).toEqual(new Set([0]));
  backend.dispose();
});

/** GELU, exactly, and in its tanh form. */
const GELU = {
  gelu: (x: number) => x * normalBelow(x),
  gelu_new: (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
};

test.each([
  ["gelu", "gelu_new"],
  ["gelu_new", "gelu"],
] as const)("the function in the network is the one that config.json names: %s, not %s", async (name, other) => {
  const sizes = { vocab_size: 30, n_positions: 8, n_embd: 8, n_layer: 2, n_head: 2 };
  const config = parseConfig({ model_type: "gpt2", ...sizes, activation_function: name }) as Gpt2Config;
  const backend = await createCpuBackend();
  const random = new Random(5);
  // Near zero both are the same: these weights lead away from there.
  const weights: WeightSource = (_, shape) => Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
  const model = new Gpt2(backend, config, weights);
  const ids = [3, 1, 4, 1, 5];
  const tree = new Gpt2Tree(model);
  const { traces } = await tree.inspect(null, ids, ["blocks.*.mlp.*", "logits"]);
  for (const layer of [0, 1]) {
    const [before, after] = ["pre", "post"].map((place) => traces.get(`blocks.${layer}.mlp.${place}`)!.data);
    expect(relativeError(after!, before!.map(GELU[name]))).toBeLessThan(1e-6);
    expect(relativeError(after!, before!.map(GELU[other]))).toBeGreaterThan(1e-5);
  }
  const tape = new Tape(backend, "off");
  const { storage } = logits(tape, model, { ids: Int32Array.from(ids), batch: 1 });
  const [plain] = await backend.read([wholeOf(storage)]);
  expect(relativeError(plain!, traces.get("logits")!.data)).toBeLessThan(1e-5);
  tape.dispose();
  tree.dispose();
  model.dispose();
  backend.dispose();
});
