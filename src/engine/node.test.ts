import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type TensorView, toFloat32 } from "./files/safetensors.ts";
import { formatSafetensors } from "./files/save.ts";
import { openModel } from "./node.ts";
import { openModelFixture } from "./testing/model-fixture.ts";
import { relativeError } from "./testing/relative-error.ts";

test("a GPT-2 folder gives logits and traces with their shapes", async () => {
  const model = await openModel("public/models/gpt-poem");
  if (model.architecture !== "gpt2") throw new Error("gpt-poem is a GPT-2");
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

test("a BERT folder gives hidden states, logits and traces of one text; without its head, no logits", async () => {
  const fixture = await openModelFixture("bert");
  const [length = 0] = fixture.batch.lengths!;
  const [ids, segments] = [fixture.batch.ids!.slice(0, length), fixture.batch.segments!.slice(0, length)];
  const first = (key: string): Float32Array => {
    const all = fixture.floats(key);
    return all.subarray(0, all.length / fixture.batch.lengths!.length);
  };
  const trace = ["blocks.1.attn.pattern"];
  await inFolder(fixture.config, fixture.weights, async (folder) => {
    const model = await openModel(folder);
    if (model.architecture !== "bert") throw new Error("The folder holds a BERT.");
    const { hidden, logits, traces } = await model.forward(ids, { trace, segments });
    expect(hidden.shape).toEqual([length, model.config.width]);
    expect(relativeError(hidden.data, first("hidden.2"))).toBeLessThan(1e-4);
    expect(logits?.shape).toEqual([length, model.config.vocabularySize]);
    expect(relativeError(logits?.data ?? [], first("tokenLogits"))).toBeLessThan(1e-4);
    const pattern = traces.get("blocks.1.attn.pattern");
    expect(pattern?.shape).toEqual([model.config.heads, length, length]);
    expect(relativeError(pattern?.data ?? [], first("attention.1"))).toBeLessThan(1e-4);
    await expect(model.forward(ids, { trace: ["blocks.*.attn.patern"] })).rejects.toMatchObject({ code: "bad-input" });
    model.dispose();
  });

  const encoder = [...fixture.weights].filter(([key]) => key.startsWith("bert."));
  await inFolder(fixture.config, new Map(encoder.map(([key, view]) => [key.slice(5), view])), async (folder) => {
    const model = await openModel(folder);
    if (model.architecture !== "bert") throw new Error("The folder holds a BERT.");
    const { hidden, logits } = await model.forward(ids, { segments });
    expect(relativeError(hidden.data, first("hidden.2"))).toBeLessThan(1e-4);
    expect(logits).toBeNull();
    model.dispose();
  });
});

test("a folder that is not there is an error", async () => {
  await expect(openModel("public/models/none")).rejects.toMatchObject({ code: "ENOENT" });
});

/** A model folder of a character tokenizer and these weights, for as long as the work takes. */
async function inFolder(
  config: unknown,
  tensors: ReadonlyMap<string, TensorView>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "visible-llm-"));
  const vocab = { "[UNK]": 0, 春: 1 };
  const tokenizer = {
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: "Split", pattern: { Regex: "." }, behavior: "Isolated", invert: false },
    post_processor: null,
    decoder: { type: "Fuse" },
    model: { type: "WordLevel", vocab, unk_token: "[UNK]" },
  };
  const floats = new Map([...tensors].map(([name, view]) => [name, { shape: view.shape, data: toFloat32(view) }]));
  try {
    await writeFile(join(folder, "config.json"), JSON.stringify(config));
    await writeFile(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
    await writeFile(join(folder, "model.safetensors"), formatSafetensors(floats));
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
