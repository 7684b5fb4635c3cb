import { expect, test } from "vitest";
import { referenceFor } from "./snapshot.ts";

test("a reading is compared with the latest of as many tokens, or else with the latest", () => {
  const [cat, shorter, dog] = [{ ids: [1, 2, 3] }, { ids: [1, 2] }, { ids: [1, 2, 4] }];
  expect(referenceFor(dog, [cat, shorter])).toBe(cat);
  expect(referenceFor(dog, [shorter])).toBe(shorter);
  expect(referenceFor(dog, [])).toBeUndefined();
});
