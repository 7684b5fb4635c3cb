import { expect, test } from "vitest";
import { runningShares } from "./share-race.ts";

test("shares grow one by one, each with its interval", () => {
  const shares = runningShares([true, false, true]);
  expect(shares.map(({ count, right, value }) => [count, right, value])).toEqual([
    [1, 1, 1],
    [2, 1, 0.5],
    [3, 2, 2 / 3],
  ]);
  for (const { value, low, high } of shares) {
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
  expect(shares[2]!.high - shares[2]!.low).toBeLessThan(shares[1]!.high - shares[1]!.low);
  expect(runningShares([])).toEqual([]);
});
