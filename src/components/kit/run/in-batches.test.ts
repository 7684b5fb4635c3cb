import { expect, test } from "vitest";
import { inBatches } from "./in-batches.ts";

test("all items, in their order, the last batch as long as there are any", () => {
  expect([...inBatches([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
  expect([...inBatches([1, 2], 2)]).toEqual([[1, 2]]);
  expect([...inBatches([], 2)]).toEqual([]);
});
