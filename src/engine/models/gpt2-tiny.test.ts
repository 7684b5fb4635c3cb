import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import type { Gpt2Config } from "../files/config.ts";
import { Random } from "../random.ts";
import { describeTinyGpt2 } from "../testing/gpt2-tiny.ts";
import { Gpt2 } from "./gpt2.ts";

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
    epsilon: 1e-5,
    tiedHead: true,
    endId: null,
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
