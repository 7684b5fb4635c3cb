import { describe, expect, it } from "vitest";
import { distinctN, repeatedShare } from "./diversity.ts";

describe("distinctN", () => {
  it("counts n-grams over all texts", () => {
    expect(distinctN([[1, 2, 1, 2]], 1)).toBe(2 / 4);
    expect(distinctN([[1, 2, 1, 2]], 2)).toBe(2 / 3);
    expect(
      distinctN(
        [
          ["春", "眠"],
          ["春", "眠"],
        ],
        2,
      ),
    ).toBe(1 / 2);
  });

  it("makes no n-gram across two texts", () => {
    expect(
      distinctN(
        [
          [1, 2],
          [3, 1, 2],
        ],
        2,
      ),
    ).toBe(2 / 3);
  });

  it("keeps n-grams apart that look alike when joined", () => {
    expect(
      distinctN(
        [
          [1, 12],
          [11, 2],
        ],
        2,
      ),
    ).toBe(1);
  });

  it("has no answer without n-grams", () => {
    expect(distinctN([], 1)).toBeNull();
    expect(distinctN([[1]], 2)).toBeNull();
  });
});

describe("repeatedShare", () => {
  it("counts characters that have come before", () => {
    expect(repeatedShare("青青河畔草")).toBe(1 - 4 / 5);
    expect(repeatedShare("白日依山尽")).toBe(0);
  });

  it("ignores punctuation, and takes a rare character as one", () => {
    expect(repeatedShare("一，二，三。四。")).toBe(0);
    expect(repeatedShare("𠮷𠮷")).toBe(0.5);
    expect(repeatedShare("，。")).toBeNull();
  });
});
