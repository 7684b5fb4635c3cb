import { afterEach, describe, expect, test } from "vitest";
import { EngineClient } from "./client.ts";
import { DEFAULT_SETTINGS } from "./decoding/settings.ts";
import type { LanguageModelSettings } from "./experiments/language-model.ts";
import { forgetFiles } from "./files/file-store.ts";
import type { Step } from "./models/token-tree.ts";
import { watchWorkers } from "./testing/watch-workers.ts";

const MODELS = new URL("/models/", location.href).href;
const MODEL = "gpt-poem";

const TRAINING: LanguageModelSettings = {
  text: "鹅鹅鹅，曲项向天歌。白毛浮绿水，红掌拨清波。".repeat(20),
  architecture: "gpt2",
  layers: 1,
  width: 32,
  heads: 2,
  length: 16,
  batch: 4,
  steps: 1000,
  optimizer: "adamw",
  learningRate: 0.01,
};

const workers = watchWorkers();
const runs: { stop(): Promise<void> }[] = [];

async function start(
  engine: EngineClient,
  seed: number,
  changes: Partial<LanguageModelSettings> = {},
  onChange?: () => void,
) {
  const run = await engine.experiment("language-model", { ...TRAINING, ...changes }, seed, onChange);
  runs.push(run);
  return run;
}

afterEach(async () => {
  await Promise.all(runs.splice(0).map((run) => run.stop()));
});

test.each(["cpu", "webgpu"] as const)(
  "a tree in the worker, on %s, grows below several nodes at once; each says what it says alone",
  async (backend) => {
    const engine = new EngineClient(MODELS, backend);
    await engine.load(MODEL);
    const { ids } = await engine.encode(MODEL, "[五绝][诗]春风");
    const [spring, wind] = ids.slice(-2) as [number, number];
    const before = await engine.memory();
    const tree = await engine.tree(MODEL);
    const prompt = await tree.append(null, ids.slice(0, -2));
    const [a, b] = (await tree.extend([prompt.node, prompt.node], [spring, wind])) as [Step, Step];
    const crossed = await tree.extend([b.node, a.node], [spring, wind]);
    expect(new Set([prompt, a, b, ...crossed].map(({ node }) => node)).size).toBe(5);
    for (const [i, path] of [
      [wind, spring],
      [spring, wind],
    ].entries()) {
      const alone = await tree.append(prompt.node, path);
      const differences = alone.logits.map((logit, token) => Math.abs(logit - crossed[i]!.logits[token]!));
      expect(Math.max(...differences)).toBeLessThan(1e-3);
    }
    await expect(tree.extend([prompt.node], [-1])).rejects.toMatchObject({ code: "bad-input" });
    await tree.dispose();
    expect(await engine.memory()).toEqual(before);
  },
);

describe.each(["cpu", "webgpu"] as const)("an experiment in the worker, on %s", (backend) => {
  test("runs, pauses, goes on step by step, answers, and frees everything when it stops", async () => {
    const engine = new EngineClient(MODELS, backend);
    const before = await engine.memory();
    const third = Promise.withResolvers<void>();
    const run = await start(engine, 7, {}, () => {
      if (run.records.length === 3) third.resolve();
    });
    const ended = run.start();
    await third.promise;
    await run.pause();
    await ended;
    expect(run.state).toBe("paused");
    const { length } = run.records;
    await run.step();
    expect(run.records).toHaveLength(length + 1);
    expect(run.records.map(({ step }) => step)).toEqual(Array.from({ length: length + 1 }, (_, i) => i + 1));
    expect([...(await run.ask({ prompt: "鹅", length: 5, temperature: 1, seed: 1 }))]).toHaveLength(5);
    expect((await engine.memory()).bytes).toBeGreaterThan(before.bytes);
    await run.stop();
    expect(await engine.memory()).toEqual(before);
    const file = run.export();
    expect(file).toMatchObject({ experiment: "language-model", seed: 7, settings: TRAINING, state: "stopped" });
    expect(file.device).toContain(backend);
  });

  test("two trainings and a poem take turns: none waits for another's end", async () => {
    const engine = new EngineClient(MODELS, backend);
    await engine.load(MODEL);
    const both = [await start(engine, 1), await start(engine, 2)] as const;
    for (const run of both) void run.start();
    const { ids } = await engine.encode(MODEL, "[五绝][诗]");
    let tokens = 0;
    for await (const event of engine.sample(MODEL, ids, { ...DEFAULT_SETTINGS, maxNewTokens: 8 })) {
      if (event.type === "token") tokens++;
    }
    expect(tokens).toBe(8);
    for (const run of both) {
      expect(run.state).toBe("running");
      expect(run.records.length).toBeGreaterThan(0);
      expect(run.records.length).toBeLessThan(TRAINING.steps);
    }
  });
});

test("what a vocabulary does not have is said without its model being loaded", async () => {
  const engine = new EngineClient(MODELS, "cpu");
  const { bytes } = await engine.memory();
  expect(await engine.unknown(MODEL, "春龘风")).toEqual([{ index: 1, char: "龘" }]);
  expect((await engine.memory()).bytes).toBe(bytes);
});

test.each([
  ["whose script fails", () => new ErrorEvent("error", { message: "gone" }), "gone"],
  ["whose answer cannot be decoded", () => new MessageEvent("messageerror"), "引擎的回答读不出来"],
] as const)(
  "a worker %s: what it has not answered fails, and the next call starts a new one",
  async (_, event, detail) => {
    const engine = new EngineClient(MODELS, "cpu");
    await engine.load(MODEL);
    const { ids } = await engine.encode(MODEL, "[五绝][诗]");
    const recorded = Promise.withResolvers<void>();
    const run = await start(engine, 1, {}, () => {
      if (run.records.length > 0) recorded.resolve();
    });
    const training = run.start();
    await recorded.promise;
    const poem = engine.sample(MODEL, ids, DEFAULT_SETTINGS);
    await poem.next();
    const next = poem.next();
    workers[0]?.dispatchEvent(event());
    await expect(next).rejects.toMatchObject({ code: "internal", detail });
    await training;
    expect(run.state).toBe("failed");
    expect(run.error).toMatchObject({ code: "internal", detail });
    expect(run.records.length).toBeGreaterThan(0);
    // It holds nothing any more: there is nothing to wait for.
    await run.stop();

    await engine.load(MODEL);
    expect((await engine.encode(MODEL, "[五绝][诗]")).ids).toEqual(ids);
    expect(workers).toHaveLength(2);
  },
);

test("a load that is aborted in its midst fails as cancelled; the next one succeeds", async () => {
  const engine = new EngineClient(MODELS, "cpu");
  await forgetFiles();
  const controller = new AbortController();
  const load = engine.load(MODEL, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(load).rejects.toMatchObject({ code: "cancelled" });
  expect((await engine.load(MODEL)).id).toBe(MODEL);
});

test("a file that was handed to the page is also stored for the next visit", async () => {
  await forgetFiles();
  const file = new Uint8Array(await new EngineClient(MODELS, "cpu").file(MODEL, "tokenizer.json"));
  expect(file.length).toBeGreaterThan(10_000);
  const stored = async () => {
    const response = await caches.match(`${MODELS}${MODEL}/tokenizer.json`, { ignoreSearch: true });
    return response && new Uint8Array(await response.arrayBuffer());
  };
  await expect.poll(stored, { timeout: 10_000 }).toEqual(file);
});

test("settings that cannot be used are refused with their reason", async () => {
  const engine = new EngineClient(MODELS, "cpu");
  await expect(start(engine, 1, { text: "太短" })).rejects.toThrow(
    expect.objectContaining({ code: "bad-input", detail: expect.stringContaining("文字有 2 个字") }),
  );
});

test("a thousand generate calls and twenty trainings leave memory where it was", async () => {
  const engine = new EngineClient(MODELS, "cpu");
  await engine.load(MODEL);
  const { ids } = await engine.encode(MODEL, "[五绝][诗]");
  const generate = async (): Promise<void> => {
    for await (const _ of engine.sample(MODEL, ids, { ...DEFAULT_SETTINGS, maxNewTokens: 1 }));
  };
  await generate();
  const before = await engine.memory();
  for (let i = 0; i < 1000; i++) await generate();
  for (let seed = 0; seed < 20; seed++) {
    const run = await start(engine, seed);
    await run.step();
    await run.stop();
  }
  expect(await engine.memory()).toEqual(before);
});
