import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { newWeights } from "../nn/weights.ts";
import { Random } from "../random.ts";
import { LstmLanguageModel } from "./lstm-lm.ts";
import { LstmTree } from "./lstm-tree.ts";

let backend: Backend;
let model: LstmLanguageModel;
beforeAll(async () => {
  backend = await createCpuBackend();
  const config = { vocabularySize: 7, embeddingWidth: 5, width: 6, layers: 2 };
  model = new LstmLanguageModel(backend, config, newWeights(new Random(1)));
});
afterAll(() => backend.dispose());

function expectClose(a: Float32Array, b: Float32Array): void {
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i]!, 6);
}

test("branches that grow side by side say what each says alone", async () => {
  const before = { ...backend.memory };
  const tree = new LstmTree(model);
  const prompt = await tree.append(null, [1, 2, 3]);
  const [a, b] = await tree.extend([prompt.node, prompt.node], [4, 5]);
  const [c, d] = await tree.extend([b!.node, a!.node], [6, 0]);
  const alone = [await tree.append(null, [1, 2, 3, 5, 6]), await tree.append(null, [1, 2, 3, 4, 0])];
  expectClose(c!.logits, alone[0]!.logits);
  expectClose(d!.logits, alone[1]!.logits);
  expect([tree.depth(prompt.node), tree.depth(d!.node)]).toEqual([3, 5]);
  tree.dispose();
  expect({ ...backend.memory }).toEqual(before);
});

test("a tree that is disposed while it reads leaves nothing in memory", async () => {
  const before = { ...backend.memory };
  const tree = new LstmTree(model);
  const step = tree.append(null, [1]);
  tree.dispose();
  await step;
  expect({ ...backend.memory }).toEqual(before);
});

test.each([[[]], [[7]], [[-1]]])("%j cannot be read", async (ids) => {
  const tree = new LstmTree(model);
  await expect(tree.append(null, ids)).rejects.toThrow(expect.objectContaining({ code: "bad-input" }));
  tree.dispose();
});
