import { expect, test } from "vitest";
import type { Manifest } from "../../../../engine/files/manifest.ts";
import { knownBytes, storedModels, tellModels } from "./stored-models.ts";

const BASE = "https://example.org/book/models/";
const HASH = "a".repeat(64);
const entry = (id: string, title: string) => ({
  id,
  title,
  architecture: "gpt2",
  purpose: "",
  license: "",
  parameters: 1,
  context: 1,
  files: [{ path: "model.safetensors", bytes: 12_000_000, sha256: HASH }],
});
const MANIFEST: Manifest = { models: [entry("gpt-zh", "现代汉语"), entry("bert-zh", "完形填空")] };

const at = (address: string, bytes: number) => ({ address, bytes });

test("files are told apart by their models: the site's by their names, others by where they are from", () => {
  const models = storedModels(
    [
      at("https://hf-mirror.com/openai/gpt2/resolve/main/onnx/model.onnx?version=1", 7),
      at(`${BASE}bert-zh/model.safetensors?version=${HASH}&partial=`, 5),
      at(`${BASE}manifest.json?version=last`, 3),
      at(`${BASE}gpt-zh/config.json?version=${HASH}`, 1),
      at(`${BASE}gpt-zh/model.safetensors?version=${HASH}`, 12),
      at(`${BASE}gone/tokenizer.json?version=${HASH}`, 2),
      at("https://example.com/my/model/config.json?version=4", 4),
    ],
    BASE,
    MANIFEST,
  );
  expect(models.map(({ title, bytes, partial }) => [title, bytes, partial])).toEqual([
    ["gpt-zh 现代汉语", 13, false],
    ["bert-zh 完形填空", 5, true],
    ["example.com/my/model", 4, false],
    ["gone", 2, false],
    ["hf-mirror.com/openai/gpt2", 7, false],
  ]);
  expect(models[0]?.addresses).toHaveLength(2);
});

test("the sizes of the site's own files are those of the manifest, at the address where they are stored", () => {
  expect(knownBytes(BASE, MANIFEST).get(`${BASE}gpt-zh/model.safetensors?version=${HASH}`)).toBe(12_000_000);
});

test("there are so many, or none", () => {
  const format = (bytes: number): string => `${bytes} B`;
  expect(tellModels([], format)).toBe("还没有下载过模型。");
  const files = [at(`${BASE}gpt-zh/a`, 3), at(`${BASE}bert-zh/a`, 4)];
  expect(tellModels(storedModels(files, BASE, MANIFEST), format)).toBe("已下载 2 个模型，共 7 B。");
});
