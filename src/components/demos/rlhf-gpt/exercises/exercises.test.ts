import { expect, it } from "vitest";
import type { RlhfMetrics } from "../../../../engine/experiments/rlhf-records.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { BEST_OF_TWO } from "./best-of-two.ts";
import { COST } from "./cost.ts";
import { checkReward } from "./predict-reward.ts";
import { PRICE } from "./price.ts";

it.each([
  [PRICE, "0.05"],
  [BEST_OF_TWO, "0.667"],
  [COST, " 480 "],
])("%o: tells right from wrong, and what is no number", (question, answer) => {
  expect(verdictOn(question, answer).kind).toBe("right");
  expect(verdictOn(question, "0.3").kind).toBe("wrong");
  expect(verdictOn(question, "很多").kind).toBe("unusable");
  expect(verdictOn(question, "").kind).toBe("unusable");
});

it("names the mistakes that one makes", () => {
  expect(verdictOn(PRICE, "0.1").reason).toContain("不如没练的");
  expect(verdictOn(PRICE, "0.01").reason).toContain("练过的合算");
  expect(verdictOn(BEST_OF_TWO, "0.5").reason).toContain("n = 1");
  expect(verdictOn(BEST_OF_TWO, "0.8").reason).toContain("n = 4");
  expect(verdictOn(COST, "400").reason).toContain("不是 6 次");
});

it("predict-reward: a guess waits for the reader's own training, and is held against its last round", () => {
  const records = [0.5, 0.6].map((reward, i) => ({ iteration: i + 1, reward }) as RlhfMetrics);
  expect(checkReward("很高", records).kind).toBe("unusable");
  expect(checkReward("5", records).kind).toBe("unusable");
  expect(checkReward("0.6", undefined)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("开始") });
  for (const answer of ["0.6", "0.63", "60%"]) expect(checkReward(answer, records).kind, answer).toBe("right");
  expect(checkReward("0.5", records).reason).toContain("太低");
  expect(checkReward("0.7", records).reason).toContain("太高");
});
