import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openModel } from "./node.ts";
import { openNodeEngine } from "./node-engine.ts";

const MODEL = "gpt-poem";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "models-"));
  await cp("public/models/manifest.json", join(folder, "manifest.json"));
  await cp(`public/models/${MODEL}`, join(folder, MODEL), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

test("gives what the model opened by itself gives", async () => {
  const engine = await openNodeEngine(folder);
  const { id, vocabulary } = await engine.load(MODEL);
  const { ids } = await engine.encode(id, "[五绝][诗]春");
  expect(ids.map((token) => vocabulary[token]).join("")).toBe("[五绝][诗]春");
  const model = await openModel(join(folder, MODEL));
  if (model.architecture !== "gpt2") throw new Error(`${MODEL} is a GPT-2.`);
  const { logits } = await model.forward(ids);
  expect([...(await engine.next(id, ids))]).toEqual([...logits.data.slice(-model.config.vocabularySize)]);
  model.dispose();
});

test("refuses weights that are not those of the manifest", async () => {
  const path = join(folder, MODEL, "model.safetensors");
  const bytes = await readFile(path);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(path, bytes);
  const engine = await openNodeEngine(folder);
  await expect(engine.load(MODEL)).rejects.toMatchObject({ code: "hash-mismatch" });
});
