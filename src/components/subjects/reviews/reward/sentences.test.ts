import { describe, expect, test } from "vitest";
import type { RewardModelMetrics } from "../../../../engine/experiments/reward-model.ts";
import { heldOutRankings, missing, tellAccuracy } from "./sentences.ts";

const tell = (heldOutAccuracy: number | null, heldOutPairs: number, rankings: number): string =>
  tellAccuracy({ heldOutAccuracy, heldOutPairs } as RewardModelMetrics, rankings);

describe("the accuracy on what was kept back", () => {
  test("has both intervals of Wilson, by pairs and by rankings", () => {
    // 45 of 60: 0.6277–0.8422; 7.5 of 10: 0.4506–0.9022 (the formula takes halves).
    expect(tell(0.75, 60, 10)).toMatch(/10 组 60 对里，猜对 75.0%，95% 区间 62.8%–84.2%.*是 4\d.\d%–9\d.\d%/);
  });

  test.each<[number | null, number, number, string]>([
    [0.75, 12, 2, "说不准"],
    [0.75, 60, 10, "按组算还说不准"],
    [0.9, 120, 20, "怎么算都"],
    [0.1, 60, 10, "比抛硬币还差"],
    [null, 0, 0, "准不准不知道"],
  ])("%s of %i pairs in %i rankings: %s", (share, pairs, rankings, verdict) => {
    expect(tell(share, pairs, rankings)).toContain(verdict);
  });
});

test("how many are kept back", () => {
  expect([0, 1, 2, 6, 24].map((rankings) => heldOutRankings(rankings, 0.25))).toEqual([0, 0, 1, 2, 6]);
  expect(missing(0)).toContain("还没有排序");
  expect(missing(1)).toBeUndefined();
});
