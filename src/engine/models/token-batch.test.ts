import { describe, expect, test } from "vitest";
import { checkBatch, padSequences, toInt32 } from "./token-batch.ts";

const badInput = expect.objectContaining({ code: "bad-input" });

describe("checkBatch", () => {
  test("gives the tokens per sequence", () => {
    expect(checkBatch({ ids: Int32Array.of(0, 1, 2, 3), batch: 2 }, 4)).toBe(2);
  });

  test.each([-3, -1, 0, 1.5, 2, Number.NaN])("refuses a batch of %s", (batch) => {
    expect(() => checkBatch({ ids: Int32Array.of(0, 1, 2), batch }, 4)).toThrow(badInput);
  });
});

test.each([0.5, 2 ** 32 + 1, Number.NaN])("%s is not silently made an id", (id) => {
  expect(() => toInt32([1, id])).toThrow(badInput);
  expect(() => padSequences([[1], [1, id]], 0)).toThrow(badInput);
});
