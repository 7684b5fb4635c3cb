import { expect, test } from "vitest";
import { downloadBytes, fetchManifest, findFile, MODEL_FILES, parseManifest } from "./manifest.ts";

const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const file = { path: "model.safetensors", bytes: 3, sha256 };
const entry = {
  id: "gpt-poem",
  title: "写诗的 GPT",
  architecture: "gpt2",
  purpose: "续写五言诗",
  license: "MIT",
  parameters: 1000,
  context: 128,
  files: [file],
};
const base = new URL("https://example.org/book/models/");

/** A server that gives one answer to everything. */
function answer(body: string, status = 200): typeof fetch {
  return async () => new Response(body, { status });
}

test("the manifest is fetched from its folder, past old copies", async () => {
  const requests: [unknown, RequestInit | undefined][] = [];
  const manifest = await fetchManifest(base, {
    fetch: async (input, init) => {
      requests.push([String(input), init]);
      return Response.json({ models: [entry, { ...entry, id: "gpt-poem-2" }], more: "is ignored" });
    },
  });
  expect(requests).toEqual([[`${base}manifest.json`, expect.objectContaining({ cache: "no-cache" })]]);
  expect(manifest.models).toEqual([entry, { ...entry, id: "gpt-poem-2" }]);
});

test("the size of a model is that of the files it needs", () => {
  const files = [...MODEL_FILES, "README.md"].map((path, i) => ({ ...file, path, bytes: 10 ** i }));
  const [model] = parseManifest({ models: [{ ...entry, files }] }).models;
  expect(downloadBytes(model!)).toBe(111);
  expect(findFile(model!, "README.md").bytes).toBe(1000);
  expect(() => findFile(model!, "LICENSE")).toThrow(
    expect.objectContaining({ code: "not-found", detail: "gpt-poem/LICENSE" }),
  );
});

test("each way in which it cannot be had has its own error", async () => {
  const failure = (fetch: typeof globalThis.fetch, signal?: AbortSignal) => fetchManifest(base, { fetch, signal });
  await expect(failure(answer("", 404))).rejects.toMatchObject({ code: "not-found", detail: "manifest.json" });
  const down = { code: "server-error", detail: "manifest.json: HTTP 503" };
  await expect(failure(answer("", 503))).rejects.toMatchObject(down);
  await expect(failure(answer("<html>"))).rejects.toMatchObject({
    code: "bad-file",
    detail: "manifest.json 不是 JSON",
  });
  const unreachable: typeof fetch = () => Promise.reject(new TypeError("failed to fetch"));
  await expect(failure(unreachable)).rejects.toMatchObject({ code: "network" });
  await expect(failure(unreachable, AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
});

test.each<[json: unknown, detail: string]>([
  [{}, "manifest.json: models 缺少"],
  [{ models: [entry, entry] }, "manifest.json: models 有重复的 id"],
  [{ models: [{ ...entry, id: "../x" }] }, "manifest.json: models[0]: id 只能有小写字母、数字和连字符"],
  [{ models: [{ ...entry, title: undefined }] }, "manifest.json: models[0]: title 缺少"],
  [{ models: [{ ...entry, parameters: 0.5 }] }, "manifest.json: models[0]: parameters 应是不小于 1 的整数"],
  [{ models: [{ ...entry, files: {} }] }, "manifest.json: models[0]: files 应是数组"],
  [{ models: [{ ...entry, files: [file, file] }] }, "manifest.json: models[0]: files 有重复的 path"],
  ...["../model.safetensors", "/model.safetensors", "a//b", "https://example.org/x", ""].map(
    (path): [unknown, string] => [
      { models: [{ ...entry, files: [{ ...file, path }] }] },
      "manifest.json: models[0]: files[0]: path 不是模型文件夹里的路径",
    ],
  ),
  [
    { models: [{ ...entry, files: [{ ...file, sha256: sha256.toUpperCase() }] }] },
    "manifest.json: models[0]: files[0]: sha256 应是 64 位小写十六进制数",
  ],
  [
    { models: [{ ...entry, files: [{ ...file, bytes: 0 }] }] },
    "manifest.json: models[0]: files[0]: bytes 应是不小于 1 的整数",
  ],
])("a wrong field is named (%#)", (json, detail) => {
  expect(() => parseManifest(json)).toThrow(expect.objectContaining({ code: "bad-file", detail }));
});
