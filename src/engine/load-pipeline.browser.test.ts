import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Engine } from "./engine.ts";
import { forgetFiles } from "./files/file-store.ts";
import type { Oddity } from "./testing/hub.ts";
import { AGREED, sourceOf } from "./testing/hub-in-page.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await Engine.create(new URL("/models/", location.href), "cpu", () => {});
});

beforeEach(forgetFiles);

afterEach(() => {
  vi.restoreAllMocks();
});

/** Paths of the files that are asked for as a whole, or from somewhere to their end, from now on. */
function watchDownloads(): string[] {
  const paths: string[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (!/-\d+$/.test(new Headers(init?.headers).get("Range") ?? "")) paths.push(url.pathname);
    return real(input, init);
  });
  return paths;
}

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
    const downloads = watchDownloads();
    await expect(engine.load(sourceOf(oddity, "answers"), { agreedBytes: AGREED })).rejects.toMatchObject({ code });
    expect(downloads.filter((path) => path.endsWith(".wasm"))).toEqual([]);
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
  const downloads = watchDownloads();
  const { bytes } = await engine.inspect({ files });
  await expect(engine.load({ files })).rejects.toMatchObject({ code: "consent-needed", detail: "要下载 ONNX Runtime" });
  await expect(engine.load({ files }, { agreedBytes: bytes - 1 })).rejects.toMatchObject({ code: "consent-needed" });
  expect(downloads).toEqual([]);
  const model = await engine.load({ files }, { agreedBytes: bytes });
  expect(downloads).toEqual([expect.stringMatching(/\.wasm$/)]);
  await engine.unload(model.id);
});
