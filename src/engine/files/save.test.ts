import { expect, test } from "vitest";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Bert } from "../models/bert.ts";
import { newWeights } from "../nn/weights.ts";
import { Random } from "../random.ts";
import { parseConfig } from "./config.ts";
import { parseSafetensors, toFloat32 } from "./safetensors.ts";
import { formatSafetensors, saveParameters } from "./save.ts";

test("what is saved opens again, with the same numbers and the same names", async () => {
  const backend = await createCpuBackend();
  const config = parseConfig({
    model_type: "bert",
    vocab_size: 5,
    hidden_size: 4,
    num_attention_heads: 2,
    num_hidden_layers: 1,
    intermediate_size: 6,
    max_position_embeddings: 3,
  });
  if (config.architecture !== "bert") throw new Error("It says that it is one.");
  const heads = { pooler: true, maskedLm: true, nextSentence: false, classes: 3 };
  const model = new Bert(backend, config, heads, newWeights(new Random(1)));
  const saved = await saveParameters(model.parameters);
  const opened = Bert.open(backend, config, parseSafetensors(saved.buffer));
  expect(opened.heads).toEqual(heads);
  expect(await saveParameters(opened.parameters)).toEqual(saved);
  backend.dispose();
});

test("tensors of any shape, also empty ones and single numbers, stand aligned in the file", () => {
  const tensors = new Map([
    ["a", { shape: [2, 3], data: Float32Array.of(1, 2, 3, -4, 0.5, 1e-30) }],
    ["none", { shape: [0, 3], data: new Float32Array(0) }],
    ["名", { shape: [], data: Float32Array.of(7) }],
  ]);
  const file = formatSafetensors(tensors);
  const parsed = parseSafetensors(file.buffer);
  for (const [name, { shape, data }] of tensors) {
    const view = parsed.get(name)!;
    expect(view.shape).toEqual(shape);
    expect(toFloat32(view)).toEqual(data);
  }
  expect(parsed.get("a")!.data.byteOffset % 8).toBe(0);
});
