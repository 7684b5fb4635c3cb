import { expect, test } from "vitest";
import { logOdds } from "./analysis/occlusion.ts";
import { EngineClient } from "./client.ts";
import type { InputGradients } from "./models/bert-gradients.ts";
import { relativeError } from "./testing/relative-error.ts";
import { watchWorkers } from "./testing/watch-workers.ts";

const MODELS = new URL("/models/", location.href).href;
const MODEL = "sentiment-zh";
const MASK = "[MASK]";

watchWorkers();

test("a page explains a classifier by its gradients; both backends say the same, and keep nothing", async () => {
  const found: InputGradients[] = [];
  for (const backend of ["cpu", "webgpu"] as const) {
    const engine = new EngineClient(MODELS, backend);
    const { vocabulary, specialIds } = await engine.load(MODEL);
    const text = await engine.encode(MODEL, "房间很干净");
    const baseline = text.ids.map((id) => (specialIds.has(id) ? id : vocabulary.indexOf(MASK)));
    const before = await engine.memory();
    const own = await engine.inputGradients(MODEL, text, { chosen: 1, baseline, steps: 8 });
    expect(own.gradientTimesInput).toHaveLength(text.ids.length);
    expect(own.integratedGradients).toHaveLength(text.ids.length);
    const [whole, hidden] = await engine.readTexts(MODEL, [text, { ...text, ids: baseline }]);
    expect(own.score).toBeCloseTo(logOdds(whole!.classes!, 1), 2);
    expect(own.baselineScore).toBeCloseTo(logOdds(hidden!.classes!, 1), 2);
    expect(own.score).not.toBe(own.baselineScore);
    const wrong = engine.inputGradients(MODEL, text, { chosen: 2, baseline, steps: 8 });
    await expect(wrong).rejects.toMatchObject({ code: "bad-input" });
    expect(await engine.memory()).toEqual(before);
    found.push(own);
  }
  const [cpu, webgpu] = found as [InputGradients, InputGradients];
  for (const key of ["gradientTimesInput", "integratedGradients"] as const) {
    expect(relativeError(webgpu[key], cpu[key]), key).toBeLessThan(1e-2);
  }
});
