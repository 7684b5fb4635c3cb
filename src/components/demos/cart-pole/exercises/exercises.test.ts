import { describe, expect, it } from "vitest";
import { createCpuBackend } from "../../../../engine/backends/cpu/cpu.ts";
import type { CartPoleMetrics } from "../../../../engine/experiments/cart-pole.ts";
import { CART_POLE_DEFAULTS } from "../../../../engine/experiments/cart-pole-settings.ts";
import { ppoLoss } from "../../../../engine/rl/ppo-loss.ts";
import { Tape } from "../../../../engine/tensor/tape.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { CASES, checkClipping, slope } from "./clipping.ts";
import { GAE } from "./gae.ts";
import { checkSolved } from "./predict-solved.ts";
import { checkRule, tryRule } from "./rule.ts";

describe("GAE", () => {
  it("takes the exact answer, rounded, and in full-width digits", () => {
    for (const answer of ["0.42875", "0.429", " 0.4288 ", "０．４２９"])
      expect(verdictOn(GAE, answer).kind, answer).toBe("right");
  });

  it("knows the usual mistakes", () => {
    expect(verdictOn(GAE, "0.35").reason).toContain("λ = 0");
    expect(verdictOn(GAE, "0.71").reason).toContain("λ = 1");
    expect(verdictOn(GAE, "7")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("V(s′)") });
  });

  it.each(["", "一", "NaN", "1,5", "Infinity"])("cannot use %j", (answer) => {
    expect(verdictOn(GAE, answer).kind).toBe("unusable");
  });
});

it("predict-solved: a guess waits for a training with the default settings, and is held against it", () => {
  const records = [40, 300, 480, 500].map((meanReturn, i) => ({ steps: 10_000 * i, meanReturn }) as CartPoleMetrics);
  const run = { settings: CART_POLE_DEFAULTS, records };
  expect(checkSolved("很快", run).kind).toBe("unusable");
  expect(checkSolved("20000", undefined)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("开始") });
  expect(checkSolved("20000", { ...run, settings: { ...CART_POLE_DEFAULTS, epochs: 1 } }).reason).toContain("默认");
  expect(checkSolved("20000", { ...run, records: records.slice(0, 2) }).kind).toBe("unusable");
  for (const answer of ["20000", "16000", "２３０００"]) expect(checkSolved(answer, run).kind, answer).toBe("right");
  expect(checkSolved("1000", run).reason).toContain("太早");
  expect(checkSolved("90000", run).reason).toContain("太晚");
});

describe("checkClipping", () => {
  it("knows the two that have gone too far the way they were pushed", () => {
    expect(checkClipping(["戊", "甲"]).kind).toBe("right");
    expect(checkClipping(["甲"])).toMatchObject({ kind: "wrong", reason: expect.stringContaining("戊没有选") });
    expect(checkClipping(["甲", "乙", "戊"]).reason).toContain("乙有梯度");
    expect(checkClipping([]).kind).toBe("unusable");
  });

  it("has the slopes of the engine's own loss", async () => {
    const backend = await createCpuBackend();
    const tape = new Tape(backend);
    const constant = (...values: number[]) => tape.constant(Float32Array.from(values), [values.length]);
    // Old log-probabilities of 0: the new ones are the logarithms of the ratios.
    const logProbs = tape.leaf(constant(...CASES.map(({ ratio }) => Math.log(ratio))));
    const zeros = new Float32Array(CASES.length);
    const advantages = Float32Array.from(CASES, ({ advantage }) => advantage);
    const { loss } = ppoLoss(
      tape,
      { logProbs, entropies: constant(...zeros), values: constant(...zeros) },
      { logProbs: zeros, advantages, returns: zeros },
      { clipRange: 0.2, valueCoefficient: 0, entropyCoefficient: 0 },
    );
    tape.backward(loss);
    const [gradient] = await backend.read([{ storage: logProbs.gradient!, offset: 0, length: CASES.length }]);
    // d loss / d ln r = −slope · r / cases.
    for (const [i, one] of CASES.entries()) {
      expect(gradient![i]).toBeCloseTo((-slope(one) * one.ratio) / CASES.length, 4);
    }
    tape.dispose();
    backend.dispose();
  });
});

describe("checkRule", () => {
  it("finds a good rule good, and says how a bad one ends", () => {
    expect(checkRule([0.1, 0.3, 3, 1]).kind).toBe("right");
    expect(checkRule([0, 0, 1, 0])).toMatchObject({
      kind: "wrong",
      reason: expect.stringContaining("杆子倒了 100 局"),
    });
    expect(checkRule([0, 0, 0, 0]).kind).toBe("unusable");
  });

  it("counts a cart that rolls away", () => {
    expect(tryRule([0.5, 0, 3, 1]).endings.size).toBeGreaterThan(0);
    expect([...tryRule([-0.5, 0, 5, 2]).endings.keys()]).toContain("车出了轨道");
  });
});
