import { expect, it } from "vitest";
import type { End } from "../runs/ends.ts";
import type { RecordedRun } from "../runs/runs.ts";
import { bestSamples, tellAsGood, tellEnds, tellShorter, tellTargets, tellUnleashed } from "./tales.ts";

const BEFORE = { reward: 0.5, kl: 0, distinct2: 0.6, length: 30 };
const run = (seed: number, reward: number, length = 15): RecordedRun => ({
  ...{ klWeight: 0.03, seed, minutes: 1, samples: [] },
  after: { reward, kl: 5, distinct2: 0.5, length },
});
const RUNS = { before: BEFORE, runs: [run(1, 0.93), run(2, 0.91, 20)] };
const POINTS = [0.5, 0.7, 0.9].map((reward, i) => ({ n: i + 1, reward, kl: i / 2 }));
const end = (klWeight: number, kl: number, reward: number): End => ({ klWeight, kl, reward, runs: [] });

it("counts the seeds that have met the targets", () => {
  expect(tellTargets(RUNS)).toBe("奖励到 0.9，KL 不过 12 纳特，distinct-2 留下 70.0%。表里的种子都做到了");
  expect(tellTargets({ ...RUNS, runs: [run(1, 0.93), run(2, 0.89)] })).toContain("2 个种子里有 1 个做到了");
});

it("says how much shorter all have become, and refuses where one has not", () => {
  expect(tellShorter(RUNS)).toBe("评论从平均 30.0 个词元短到了 15.0 到 20.0 个");
  expect(() => tellShorter({ ...RUNS, runs: [run(1, 0.9, 31)] })).toThrow("longer");
});

it("compares the runs of a seed, and refuses a story that does not hold", () => {
  expect(tellUnleashed({ before: BEFORE, runs: [run(1, 0.97), run(2, 0.96)] }, RUNS)).toBe("奖励高 0.04 到 0.05");
  expect(() => tellUnleashed({ before: BEFORE, runs: [run(2, 0.9)] }, RUNS)).toThrow("wins");
  expect(tellUnleashed({ before: BEFORE, runs: [run(2, 0.96), run(3, 0.99)] }, RUNS)).toBe("奖励高 0.05");
  expect(() => tellUnleashed({ before: BEFORE, runs: [run(3, 0.99)] }, RUNS)).toThrow("no seed");
});

it("chooses the reviews of each run that the judge likes best", () => {
  const samples = [0.2, 0.9, 0.4].map((reward) => ({ category: "酒店", text: `${reward}`, reward }));
  expect(bestSamples([{ seed: 7, samples }])).toEqual([
    { seed: 7, category: "酒店", text: "0.9", reward: 0.9 },
    { seed: 7, category: "酒店", text: "0.4", reward: 0.4 },
  ]);
});

it("compares at equal KL only what is at equal KL", () => {
  expect(tellEnds([end(0.3, 0.5, 0.6), end(0.1, 2, 0.8)], POINTS)).toBe(
    "β = 0.3 走了 0.50 纳特，奖励 0.600，best-of-n 在同样的 KL 上是 0.700。曲线够得到的地方，best-of-n 都更高。" +
      "β = 0.1 走到 2.00 纳特，曲线只到 1.00 纳特（n = 3），不能在同样的 KL 上比",
  );
  expect(() => tellEnds([end(0.3, 0.5, 0.8)], POINTS)).toThrow("better than best-of-n");
});

it("says how many to choose from, and refuses where none is enough", () => {
  expect(tellAsGood(end(0.03, 5, 0.88), POINTS)).toBe(
    "β = 0.03 的终点，奖励 0.880，KL 5.00 纳特；3 条里挑一条，奖励就有 0.900，KL 至多 1.00 纳特",
  );
  expect(() => tellAsGood(end(0.03, 5, 0.95), POINTS)).toThrow("catches up");
});
