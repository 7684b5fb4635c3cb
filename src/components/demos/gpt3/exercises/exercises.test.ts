import { expect, it } from "vitest";
import type { InductionMetrics } from "../../../../engine/experiments/induction.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { fields, MODELS } from "../scaling-law/read.ts";
import { KV_CACHE } from "./kv-cache.ts";
import { checkLargest } from "./predict-largest.ts";
import { checkStep } from "./predict-step.ts";

it("kv-cache: keys and values, of all layers, of all tokens", () => {
  for (const answer of ["9.66", "9.7", "９.６"]) expect(verdictOn(KV_CACHE, answer).kind, answer).toBe("right");
  expect(verdictOn(KV_CACHE, "4.83").reason).toContain("少了一半");
  expect(verdictOn(KV_CACHE, "0.1").reason).toContain("一层的");
  expect(verdictOn(KV_CACHE, "350").kind).toBe("wrong");
});

it("predict-step: a guess waits for the reader's own training, and is held against it", () => {
  const records = [0, 0.1, 0.3, 0.6, 0.9].map((prefix, i) => ({ step: 25 * i, prefix }) as InductionMetrics);
  expect(checkStep("很快", records).kind).toBe("unusable");
  expect(checkStep("100", undefined)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("开始") });
  for (const answer of ["75", "100", "３０"]) expect(checkStep(answer, records).kind, answer).toBe("right");
  expect(checkStep("0", records).reason).toContain("太早");
  expect(checkStep("500", records).reason).toContain("太晚");
  expect(checkStep("75", records.slice(0, 3)).kind).toBe("unusable");
});

it("predict-largest: a guess waits for the reader's own text, and for the largest model", () => {
  const losses = Object.values(MODELS).map((model, i) => ({
    model,
    parameters: 10 ** (5 + i / 4),
    loss: 6 - 0.25 * i,
  }));
  const reading = { text: "我自己写的一段话。", losses, unknown: [] };
  expect(checkLargest("很小", reading).kind).toBe("unusable");
  expect(checkLargest("5", undefined).reason).toContain("你自己的文字");
  expect(checkLargest("5", { ...reading, text: fields.text.initial }).reason).toContain("你自己的文字");
  expect(checkLargest("5", { ...reading, losses: losses.slice(0, 4) }).reason).toContain("连最大的一个也量");
  for (const answer of ["5", "5.1", "４.９"]) expect(checkLargest(answer, reading).kind, answer).toBe("right");
  expect(checkLargest("5.3", reading)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("+6.0%") });
});
