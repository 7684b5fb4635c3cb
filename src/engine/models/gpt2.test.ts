import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { openModel } from "../node.ts";
import { describeGpt2 } from "../testdata/gpt2-parity.ts";

describeGpt2("the CPU, in Node", createCpuBackend, 2e-4);

test("openModel runs a folder in Node and returns logits and traces with their shapes", async () => {
  const model = await openModel("public/models/gpt-poem");
  try {
    const { ids } = model.tokenizer.encode("[七绝]春晓[诗]春");
    const { logits, traces } = await model.forward(ids, { trace: ["blocks.*.attn.pattern"] });
    expect(logits.shape).toEqual([ids.length, model.config.vocabularySize]);
    expect(logits.data).toHaveLength(ids.length * model.config.vocabularySize);
    expect([...traces.keys()]).toEqual(
      Array.from({ length: model.config.layers }, (_, i) => `blocks.${i}.attn.pattern`),
    );
    for (const { shape, data } of traces.values()) {
      expect(shape).toEqual([model.config.heads, ids.length, ids.length]);
      for (let row = 0; row < model.config.heads * ids.length; row++) {
        const weights = data.subarray(row * ids.length, (row + 1) * ids.length);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      }
    }
  } finally {
    model.dispose();
  }
});
