import { describe, expect, it } from "vitest";
import { MAX_STEPS, movedSteps, readCell, readEpisode, rowsOf, SMALL_EXAMPLE, writeNumbers } from "./episode.ts";

const settings = { discount: 0.9, lambda: 0.5 };

describe("rowsOf", () => {
  it("is GAE worked out by hand", () => {
    const rows = rowsOf({ rewards: [1, 1, 1], values: [2, 1.5, 0.5] }, settings);
    const column = (key: keyof (typeof rows)[number]) => rows.map((row) => Number(row[key].toFixed(5)));
    expect(column("nextValue")).toEqual([1.5, 0.5, 0]);
    expect(column("delta")).toEqual([0.35, -0.05, 0.5]);
    expect(column("advantage")).toEqual([0.42875, 0.175, 0.5]);
    expect(column("target")).toEqual([2.42875, 1.675, 1]);
    expect(column("rewardsToGo")).toEqual([2.71, 1.9, 1]);
  });

  it("is the TD error for λ = 0, and what was earned less what was expected for λ = 1", () => {
    for (const row of rowsOf(SMALL_EXAMPLE, { discount: 0.95, lambda: 0 })) expect(row.advantage).toBe(row.delta);
    for (const row of rowsOf(SMALL_EXAMPLE, { discount: 0.95, lambda: 1 })) {
      expect(row.advantage).toBeCloseTo(row.rewardsToGo - row.value, 5);
    }
  });

  it("a changed reward moves the advantages up to its step and none behind it, less the farther back", () => {
    const before = rowsOf(SMALL_EXAMPLE, settings);
    const after = rowsOf({ ...SMALL_EXAMPLE, rewards: [0, 0, 1, 0, 1] }, settings);
    expect(movedSteps(before, after)).toEqual([0, 1, 2]);
    const shift = (t: number) => after[t]!.advantage - before[t]!.advantage;
    expect(shift(2)).toBeCloseTo(1, 5);
    expect(shift(1)).toBeCloseTo(0.45, 5);
    expect(shift(0)).toBeCloseTo(0.2025, 5);
    expect(movedSteps(before, before)).toEqual([]);
  });
});

describe("what the reader types, or a link holds", () => {
  it("comes back as it was written", () => {
    const { rewards, values } = SMALL_EXAMPLE;
    expect(readEpisode(writeNumbers(rewards), writeNumbers(values))).toEqual(SMALL_EXAMPLE);
  });

  it.each([
    ["", ""],
    ["1 2", "1"],
    ["1 x", "1 2"],
    ["1 NaN", "1 2"],
    ["1 Infinity", "1 2"],
    ["1 2000", "1 2"],
    ["0 ".repeat(MAX_STEPS + 1), "0 ".repeat(MAX_STEPS + 1)],
  ])("%j with %j is no episode", (rewards, values) => {
    expect(readEpisode(rewards, values)).toBeUndefined();
  });

  it("a cell takes numbers, also in full-width digits and with a true minus sign, and nothing else", () => {
    expect(["1", "-0.5", "−2", "１．５", " 3 "].map(readCell)).toEqual([1, -0.5, -2, 1.5, 3]);
    for (const text of ["", " ", "一", "1e9", "NaN", "1/2", "👍"]) expect(readCell(text), text).toBeUndefined();
  });
});
