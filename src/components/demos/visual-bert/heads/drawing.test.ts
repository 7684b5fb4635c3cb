import { describe, expect, test } from "vitest";
import { attentionLines } from "./lines.ts";
import { colorAt, parseColor, patternPixels } from "./pattern-image.ts";

describe("pixels", () => {
  const scale = [parseColor("#ffffff"), parseColor("#800000"), parseColor("#000000")];

  test("colours lie on the scale, and weights beyond it at its ends", () => {
    expect(parseColor("#0a5eA8")).toEqual([10, 94, 168]);
    expect(() => parseColor("red")).toThrow(RangeError);
    expect(colorAt(scale, 0)).toEqual([255, 255, 255]);
    expect(colorAt(scale, 0.5)).toEqual([128, 0, 0]);
    expect(colorAt(scale, 0.75)).toEqual([64, 0, 0]);
    expect(colorAt(scale, 2)).toEqual([0, 0, 0]);
    expect(colorAt(scale, -1)).toEqual([255, 255, 255]);
  });

  test("follow the root of the weight", () => {
    expect([...patternPixels(Float32Array.of(0, 0.25, 1), scale)]).toEqual([
      255, 255, 255, 255, 128, 0, 0, 255, 0, 0, 0, 255,
    ]);
  });
});

describe("lines", () => {
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
