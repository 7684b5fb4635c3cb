import { afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { Engine } from "./engine.ts";
import { forgetFiles } from "./files/file-store.ts";
import type { Oddity } from "./testing/hub.ts";
import { AGREED, sourceOf } from "./testing/hub-in-page.ts";
import { downloadsOf, watchRequests } from "./testing/watch-requests.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await Engine.create(new URL("/models/", location.href), "cpu", () => {});
});

beforeEach(forgetFiles);

afterEach(() => {
  vi.restoreAllMocks();
});

test("a classifier in ONNX gives PyTorch's probabilities; nothing comes from anywhere else", async () => {
  const requests = watchRequests();
  const source = sourceOf("sound", "distilbert");
  const report = await engine.inspect(source);
  expect(report).toMatchObject({
    architecture: "distilbert",
    pipeline: { task: "text-classification", dtype: "fp32" },
  });
  expect(report.files.map(({ path }) => path)).toContainEqual(expect.stringMatching(/^ort-wasm.*\.wasm$/));
  expect(report.bytes).toBeGreaterThan(10_000_000);

  const progress: number[] = [];
  const model = await engine.load(source, {
    agreedBytes: report.bytes,
    onProgress: ({ loaded }) => progress.push(loaded),
  });
  expect(progress.at(-1)).toBe(report.bytes);
  expect(model).toMatchObject({ kind: "pipeline", pipeline: { task: "text-classification" } });

  const { text, probabilities } = await (await fetch(`${source.url}expected.json`)).json();
  const result = await engine.calls.run(model.id, text, { top_k: 2 });
  expect(result).toEqual(
    Object.entries<number>(probabilities)
      .sort(([, a], [, b]) => b - a)
      .map(([label, score]) => ({ label, score: expect.closeTo(score, 5) })),
  );
  const origins = new Set(requests.map(({ url }) => url.origin));
  expect([...origins].sort()).toEqual([location.origin, new URL(inject("hub")).origin].sort());

  await engine.unload(model.id);
  await expect(engine.calls.run(model.id, text)).rejects.toMatchObject({ code: "not-found" });
});

test("a model that answers questions, with weights beside its ONNX file, finds the answer that PyTorch's finds", async () => {
  const source = sourceOf("sound", "answers");
  const report = await engine.inspect(source);
  expect(report).toMatchObject({ architecture: "distilbert", pipeline: { task: "question-answering", dtype: "fp32" } });
  const model = await engine.load(source, { agreedBytes: report.bytes });
  const { question, context, answer, score } = await (await fetch(`${source.url}expected.json`)).json();
  expect(await engine.calls.run(model.id, { question, context })).toEqual({ answer, score: expect.closeTo(score, 5) });
  await engine.unload(model.id);
});

test("after a file that is no model, and after a text that is too long, the next ones are tried", async () => {
  const broken = ["config.json", "tokenizer.json", "tokenizer_config.json"].map(async (name) => {
    const response = await fetch(`${sourceOf("sound", "distilbert").url}${name}`);
    return new File([await response.blob()], name);
  });
  const files = [...(await Promise.all(broken)), new File(["this is no ONNX"], "model.onnx")];
  await expect(engine.load({ files }, { agreedBytes: AGREED })).rejects.toMatchObject({ code: "bad-file" });

  const { id } = await engine.load(sourceOf("sound", "distilbert"), { agreedBytes: AGREED });
  await expect(engine.calls.run(id, "春".repeat(100))).rejects.toMatchObject({ code: "bad-input" });
  expect(await engine.calls.run(id, "春")).toHaveLength(1);
  await engine.unload(id);
});

describe("a hub with faults", () => {
  test.each<[Oddity, string]>([
    ["gone", "unsupported-model"],
    ["short", "truncated"],
    ["altered", "hash-mismatch"],
  ])("%s: %s, and the runtime is not downloaded", async (oddity, code) => {
    const requests = watchRequests();
    await expect(engine.load(sourceOf(oddity, "answers"), { agreedBytes: AGREED })).rejects.toMatchObject({ code });
    expect(downloadsOf(requests).filter((path) => path.endsWith(".wasm"))).toEqual([]);
  });

  test("a connection that breaks in the middle of the ONNX file: loaded all the same", async () => {
    const model = await engine.load(sourceOf("breaks", "answers"), { agreedBytes: AGREED });
    expect(model.kind).toBe("pipeline");
    await engine.unload(model.id);
  });
});

test("files from the reader's disk: without the reader's word the runtime is not downloaded", async () => {
  const names = ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx", "onnx/model.onnx_data"];
  const files = await Promise.all(
    names.map(async (name) => {
      const response = await fetch(`${sourceOf("sound", "answers").url}${name}`);
      return new File([await response.blob()], name.replace("onnx/", ""));
    }),
  );
  const requests = watchRequests();
  const { bytes } = await engine.inspect({ files });
  await expect(engine.load({ files })).rejects.toMatchObject({ code: "consent-needed", detail: "要下载 ONNX Runtime" });
  await expect(engine.load({ files }, { agreedBytes: bytes - 1 })).rejects.toMatchObject({ code: "consent-needed" });
  expect(downloadsOf(requests)).toEqual([]);
  const model = await engine.load({ files }, { agreedBytes: bytes });
  expect(downloadsOf(requests)).toEqual([expect.stringMatching(/\.wasm$/)]);
  await engine.unload(model.id);
});

// The last one: Transformers.js opens one model behind the other, and none behind one that has failed.
test("files that are no model are refused with their reason", async () => {
  const files = await Promise.all(
    ["config.json", "tokenizer.json", "tokenizer_config.json"].map(async (name) => {
      const response = await fetch(`${sourceOf("sound", "distilbert").url}${name}`);
      return new File([await response.blob()], name);
    }),
  );
  const broken = new File(["this is no ONNX"], "model.onnx");
  const source = { files: [...files, broken] };
  await expect(engine.load(source, { agreedBytes: AGREED })).rejects.toMatchObject({ code: "bad-file" });
});
