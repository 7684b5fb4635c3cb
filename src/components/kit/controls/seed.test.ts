import { expect, it } from "vitest";
import { nextSeed, SEED_MAX } from "./seed.ts";

it("walks through many different seeds and stays in range", () => {
  const seen = new Set<number>();
  let seed = 42;
  for (let step = 0; step < 10_000; step++) {
    seed = nextSeed(seed);
    expect(Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX).toBe(true);
    seen.add(seed);
  }
  expect(seen.size).toBe(10_000);
});
