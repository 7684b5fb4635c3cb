import { describe, expect, test } from "vitest";
import { EngineClient } from "./client.ts";
import { logSoftmax } from "./decoding/softmax.ts";
import { relativeError } from "./testing/relative-error.ts";
import { watchWorkers } from "./testing/watch-workers.ts";

const MODELS = new URL("/models/", location.href).href;
const MODEL = "gpt-poem";
const CLASSIFIER = "sentiment-zh";

watchWorkers();

describe.each(["cpu", "webgpu"] as const)("what a page sees of a GPT-2 on %s", (backend) => {
  test("intermediates at every token, the logit lens, and what becomes of it all without positions", async () => {
    const engine = new EngineClient(MODELS, backend);
    const info = await engine.load(MODEL);
    if (info.config.architecture !== "gpt2") throw new Error(`${MODEL} is a GPT-2.`);
    const { layers, heads, vocabularySize } = info.config;
    const { ids } = await engine.encode(MODEL, "[七绝]春晓[诗]春");
    const before = await engine.memory();
    const tree = await engine.tree(MODEL);

    const names = ["blocks.*.attn.pattern", `blocks.${layers - 1}.resid_post`];
    const { steps, traces } = await tree.inspect(null, ids, names);
    expect(steps).toHaveLength(ids.length);
    expect([...traces.keys()]).toEqual(
      info.traceNames.filter((name) => /attn\.pattern$/.test(name) || name === names[1]),
    );
    expect(traces.get("blocks.0.attn.pattern")?.shape).toEqual([heads, ids.length, ids.length]);
    expect(await engine.traces(MODEL, ids, names)).toEqual(traces);
    const lens = await engine.logitLens(MODEL, traces.get(names[1]!)!);
    expect(lens.shape).toEqual([ids.length, vocabularySize]);
    for (const [t, { logits }] of steps.entries()) {
      const row = lens.data.subarray(t * vocabularySize, (t + 1) * vocabularySize);
      expect(row.indexOf(Math.max(...row))).toBe(logits.indexOf(Math.max(...logits)));
    }

    const next = await tree.inspect(steps.at(-1)!.node, [ids[0]!], names);
    expect(next.traces.get("blocks.0.attn.pattern")?.shape).toEqual([heads, 1, ids.length + 1]);
    await expect(tree.inspect(null, ids, ["blocks.*.atn.pattern"])).rejects.toMatchObject({ code: "bad-input" });

    const placeless = await engine.tree(MODEL, { positions: "none" });
    const twice = await placeless.inspect(null, [ids[0]!, ids[0]!], ["blocks.0.resid_pre"]);
    const { data, shape } = twice.traces.get("blocks.0.resid_pre")!;
    expect(data.subarray(0, shape[1])).toEqual(data.subarray(shape[1]));

    await tree.dispose();
    await placeless.dispose();
    expect(await engine.memory()).toEqual(before);
  });

  test("what comes next, and how likely a given text is: as its tree says it, and nothing is kept", async () => {
    const engine = new EngineClient(MODELS, backend);
    await engine.load(MODEL);
    const { ids } = await engine.encode(MODEL, "[五绝][诗]床前明月光");
    const [prompt, text] = [ids.slice(0, -3), ids.slice(-3)];
    const tree = await engine.tree(MODEL);
    const { steps } = await tree.inspect(null, ids, []);
    await tree.dispose();
    await engine.load(CLASSIFIER);
    const before = await engine.memory();

    expect(relativeError(await engine.next(MODEL, ids), steps.at(-1)!.logits)).toBeLessThan(1e-4);
    const expected = text.map((id, i) => logSoftmax(steps[prompt.length + i - 1]!.logits)[id]!);
    expect(relativeError(await engine.logProbs(MODEL, prompt, text), expected)).toBeLessThan(1e-4);

    await expect(engine.next(MODEL, [])).rejects.toMatchObject({ code: "bad-input" });
    await expect(engine.logProbs(MODEL, [], text)).rejects.toMatchObject({ code: "bad-input" });
    await expect(engine.next("gpt-zh", ids)).rejects.toMatchObject({ code: "not-found" });
    await expect(engine.next(CLASSIFIER, ids)).rejects.toMatchObject({ code: "bad-input" });
    expect(await engine.memory()).toEqual(before);
  });
});
