import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";

describe("compare", () => {
  it("takes the most probable before, and what it is told to", () => {
    const before = Float32Array.of(0.1, 0.5, 0.15, 0.25);
    const after = Float32Array.of(0, 0.625, 0, 0.375);
    expect(compare(before, after, 2, [0, 1])).toEqual([
      { token: 1, before: 0.5, after: 0.625 },
      { token: 3, before: 0.25, after: 0.375 },
      { token: 0, before: expect.closeTo(0.1, 6), after: 0 },
    ]);
  });
});
