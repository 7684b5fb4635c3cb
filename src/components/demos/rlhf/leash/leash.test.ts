import { describe, expect, it } from "vitest";
import { softmax } from "../../../../engine/decoding/softmax.ts";
import { applyTemperature } from "../../../../engine/decoding/temperature.ts";
import { DRAWS, leashOf, rowsOf, sentenceOf, standingAt } from "./leash.ts";

const VOCABULARY = ["，", "月", "花", "愁"];
const LOGS = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);
const taste = { liked: "花", disliked: "愁" };

describe("a leash", () => {
  const leash = leashOf(LOGS, VOCABULARY, "taste", taste);

  it("begins at the model itself, by either way", () => {
    expect(leash.draws).toHaveLength(DRAWS.length);
    expect(leash.draws[0]).toMatchObject({ n: 1, kl: expect.closeTo(0, 6), reward: expect.closeTo(0.1, 5) });
    expect(leash.frontier[0]!.reward).toBeGreaterThan(0.1);
    expect(leash.frontier[0]!.kl).toBeLessThan(1e-3);
  });

  it("ends where only the best is left", () => {
    const { kl, reward } = leash.frontier.at(-1)!;
    expect(reward).toBeCloseTo(1, 6);
    expect(kl).toBeCloseTo(-Math.log(0.15), 5);
  });

  it("shows what became likelier first, and what a token is worth", () => {
    const rows = rowsOf(leash, 0.2, VOCABULARY, "taste");
    expect(rows.map(({ label }) => label)).toEqual(["花（+1）", "，", "月", "愁（−1）"]);
    expect(rows.reduce((sum, { after = 0 }) => sum + after, 0)).toBeCloseTo(1, 9);
  });

  it("says what it cost, and how many draws would do the same", () => {
    expect(sentenceOf(leash, 0.4, "taste")).toMatch(/从 0\.100 到 0\.\d+，KL 是 0\.\d+ 纳特。best-of-n 要 n = \d+/);
    const nothing = leashOf(LOGS, VOCABULARY, "taste", { liked: "", disliked: "雪" });
    expect(sentenceOf(nothing, 0.4, "taste")).toContain("都一样");
    expect(standingAt(nothing, 0.02).kl).toBeCloseTo(0, 6);
  });
});

it("with the model's own ln p as the reward it is sampling at a temperature", () => {
  const leash = leashOf(LOGS, VOCABULARY, "likelihood", taste);
  const cooled = softmax(applyTemperature(LOGS, 1 / 3));
  for (const [i, p] of standingAt(leash, 0.5).policy.entries()) expect(p).toBeCloseTo(cooled[i]!, 6);
  expect(sentenceOf(leash, 0.5, "likelihood")).toContain("温度 0.333");
});
