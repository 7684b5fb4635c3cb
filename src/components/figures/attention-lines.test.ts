import { describe, expect, test } from "vitest";
import { attentionLines } from "./attention-lines.ts";

describe("the lines of a head", () => {
  const weights = Float32Array.of(0.01, 0.99, 0.5, 0.5);

  test("leave out the faint ones, and draw the strongest last", () => {
    expect(attentionLines(weights, 2, undefined).map(({ query, key }) => [query, key])).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });

  test("of one token are only its own", () => {
    expect(attentionLines(weights, 2, 0)).toEqual([{ query: 0, key: 1, weight: expect.closeTo(0.99, 5) }]);
  });
});
