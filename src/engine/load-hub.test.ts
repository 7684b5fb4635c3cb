import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Engine } from "./engine.ts";
import type { Progress } from "./files/download.ts";
import { folderAddress } from "./files/source.ts";
import { type Oddity, startHub, type TestHub } from "./testing/hub.ts";

const FOLDERS = fileURLToPath(new URL("./testdata/folders", import.meta.url));
/** More than any of the folders has. */
const AGREED = 100_000;

let hub: TestHub;
let engine: Engine;

beforeAll(async () => {
  hub = await startHub(FOLDERS);
  engine = await Engine.create(new URL("http://127.0.0.1:1/models/"), "cpu", () => {});
});

afterAll(() => {
  hub.close();
});

function sourceOf(oddity: Oddity, folder = "gpt2") {
  return { url: folderAddress(`tests/${folder}`, hub.at(oddity)).href };
}

/** What was asked of the hub under this oddity since the number of requests was `since`. */
function asked(oddity: Oddity, since = 0): string[] {
  return hub.requests.slice(since).filter((request) => request.includes(`/${oddity}/`));
}

async function expected(folder: string): Promise<Record<string, number[]>> {
  return JSON.parse(await readFile(`${FOLDERS}/${folder}/expected.json`, "utf8"));
}

test("inspecting says what a model is and what it takes, and fetches no weights", async () => {
  const since = hub.requests.length;
  const report = await engine.inspect(sourceOf("sound"));
  const files = ["config.json", "tokenizer.json", "generation_config.json", "model.safetensors"];
  const sizes = await Promise.all(files.map(async (file) => (await readFile(`${FOLDERS}/gpt2/${file}`)).length));
  expect(report).toMatchObject({
    title: "tests/gpt2",
    architecture: "gpt2",
    pipeline: null,
    bytes: sizes.reduce((sum, bytes) => sum + bytes),
    parameters: 384 * 8 + 32 * 8 + 12 * 64 + 13 * 8 + 2 * 8,
    dtypes: ["F32"],
    contextLength: 32,
  });
  expect(report.memoryBytes).toBe(4 * report.parameters!);
  expect(report.files).toEqual(files.map((path, i) => ({ path, bytes: sizes[i] })));
  const weights = asked("sound", since).filter((request) => request.includes("model.safetensors"));
  expect(weights.some((request) => request.startsWith("cdn "))).toBe(true);
  expect(weights.every((request) => /bytes=\d+-\d+$/.test(request))).toBe(true);
});

test("without the reader's word a foreign server hears nothing; a model that has grown since needs a new word", async () => {
  const since = hub.requests.length;
  const source = sourceOf("sound", "bert");
  await expect(engine.load(source)).rejects.toMatchObject({ code: "consent-needed" });
  expect(hub.requests.length).toBe(since);
  await expect(engine.load(source, { agreedBytes: 1000 })).rejects.toMatchObject({ code: "consent-needed" });
  const whole = asked("sound", since).filter((request) => !/bytes=\d+-\d+$/.test(request));
  expect(whole.filter((request) => request.includes("safetensors"))).toEqual([]);
});

test("a GPT-2 from a hub writes what transformers' writes", async () => {
  const { text, ids, logits } = await expected("gpt2");
  const source = sourceOf("sound");
  const { bytes } = await engine.inspect(source);
  const progress: Progress[] = [];
  const model = await engine.load(source, { agreedBytes: bytes, onProgress: (step) => progress.push(step) });
  expect(progress.at(-1)).toEqual({ loaded: bytes, total: bytes });

  const encoded = await engine.calls.encode(model.id, String(text));
  expect(encoded.ids).toEqual(ids);
  const tree = await engine.tree(model.id);
  const step = await tree.append(null, encoded.ids);
  expect(largestDifference(step.logits, logits!)).toBeLessThan(1e-4);
  tree.dispose();
  await engine.unload(model.id);
  await expect(engine.tree(model.id)).rejects.toMatchObject({ code: "not-found" });
});

test("a BERT from a hub reads what transformers' reads: masks, the next sentence, attention", async () => {
  const { texts, ids, segments, mask, logits, nextSentence } = await expected("bert");
  const model = await engine.load(sourceOf("sound", "bert"), { agreedBytes: AGREED });
  const encoded = await engine.calls.encode(model.id, String(texts![0]), String(texts![1]));
  expect(encoded).toMatchObject({ ids, segments });
  const options = { guesses: [Number(mask)], trace: ["blocks.*.attn.pattern"] };
  const reading = await engine.calls.read(model.id, encoded, options);
  expect(largestDifference(reading.tokens[0]!, logits!)).toBeLessThan(1e-4);
  expect(largestDifference(reading.nextSentence!, nextSentence!)).toBeLessThan(1e-4);
  expect(reading.classes).toBeNull();
  expect([...reading.traces.keys()]).toEqual(["blocks.0.attn.pattern"]);
  await expect(engine.tree(model.id)).rejects.toMatchObject({ code: "bad-input" });
  await engine.unload(model.id);
});

test("loading and unloading leave no memory behind", async () => {
  const before = engine.memory;
  for (const folder of ["gpt2", "bert", "gpt2"]) {
    const model = await engine.load(sourceOf("sound", folder), { agreedBytes: AGREED });
    expect(engine.memory.bytes).toBeGreaterThan(before.bytes);
    await engine.unload(model.id);
    expect(engine.memory).toEqual(before);
  }
});

test("a connection that breaks in the middle: the rest comes by range", async () => {
  const since = hub.requests.length;
  await engine.load(sourceOf("breaks"), { agreedBytes: AGREED });
  expect(asked("breaks", since)).toContain(await restOfWeights("breaks"));
});

test("a server that fails in the middle of the weights: named, nothing of them is used, and the next load goes on there", async () => {
  const source = sourceOf("fails");
  const before = engine.memory;
  await expect(engine.load(source, { agreedBytes: AGREED })).rejects.toMatchObject({
    code: "server-error",
    detail: "model.safetensors: HTTP 500",
  });
  expect(engine.memory).toEqual(before);
  await expect(engine.tree(source.url)).rejects.toMatchObject({ code: "not-found" });

  const since = hub.requests.length;
  const model = await engine.load(source, { agreedBytes: AGREED });
  const downloads = asked("fails", since).filter((request) => /^cdn .*(-|safetensors)$/.test(request));
  expect(downloads).toEqual([await restOfWeights("fails")]);
  const { ids, logits } = await expected("gpt2");
  const tree = await engine.tree(model.id);
  expect(largestDifference((await tree.append(null, ids!)).logits, logits!)).toBeLessThan(1e-4);
  tree.dispose();
  await engine.unload(model.id);
});

test("a server without ranges, and one that is asked twice at the same time", async () => {
  const source = sourceOf("no-ranges");
  const both = [1, 2].map(() => engine.load(source, { agreedBytes: AGREED }));
  const [first, second] = await Promise.all(both);
  expect(first?.id).toBe(second?.id);
});

test.each<[Oddity, string, string]>([
  ["gone", "not-found", "缺少 model.safetensors"],
  ["error", "server-error", "HTTP 500"],
  ["login", "forbidden", "HTTP 401"],
  ["page", "web-page", "config.json"],
])("%s: inspecting says so (%s)", async (oddity, code, detail) => {
  const failure = { code, detail: expect.stringContaining(detail) };
  await expect(engine.inspect(sourceOf(oddity))).rejects.toMatchObject(failure);
  await expect(engine.load(sourceOf(oddity), { agreedBytes: AGREED })).rejects.toMatchObject(failure);
});

test.each<[Oddity, string]>([
  ["altered", "hash-mismatch"],
  ["short", "truncated"],
])("%s: nothing of it is used (%s)", async (oddity, code) => {
  const before = engine.memory;
  await engine.inspect(sourceOf(oddity));
  await expect(engine.load(sourceOf(oddity), { agreedBytes: AGREED })).rejects.toMatchObject({
    code,
    detail: "model.safetensors",
  });
  expect(engine.memory).toEqual(before);
});

test("no server at all, no address at all, no folder at all", async () => {
  await expect(engine.inspect({ url: "http://127.0.0.1:1/x/" })).rejects.toMatchObject({ code: "network" });
  await expect(engine.inspect({ url: "ftp://example.org/" })).rejects.toMatchObject({ code: "bad-input" });
  await expect(engine.inspect(sourceOf("sound", "nothing-here"))).rejects.toMatchObject({
    code: "not-found",
    detail: "缺少 config.json、tokenizer.json、model.safetensors",
  });
});

test("a load that its reader cancels ends as cancelled, and can be started again", async () => {
  const controller = new AbortController();
  const source = sourceOf("no-ranges", "bert");
  const cancelled = engine.load(source, { agreedBytes: AGREED, signal: controller.signal });
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  expect((await engine.load(source, { agreedBytes: AGREED })).report.architecture).toBe("bert");
});

/** The request for the second half of the tiny GPT-2's weights. */
async function restOfWeights(oddity: Oddity): Promise<string> {
  const { length } = await readFile(`${FOLDERS}/gpt2/model.safetensors`);
  return `cdn GET /${oddity}/tests/gpt2/resolve/main/model.safetensors bytes=${length >> 1}-`;
}

function largestDifference(a: Float32Array, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
