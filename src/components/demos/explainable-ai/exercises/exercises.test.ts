import { expect, test } from "vitest";
import type { Attributed } from "../../../../engine/experiments/attribution.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { METHODS } from "../../../subjects/attribution/methods.ts";
import type { Found } from "../who/find.ts";
import { checkHits } from "./predict-hits.ts";
import { TWO_PLACES } from "./two-places.ts";

/** A text in which some methods, counted from the first, point to the last character, and the others to the first one. */
function foundBy(text: string, hits: number): Found {
  const tokens = [...text];
  const values = (hit: boolean) =>
    Float64Array.from(tokens, (_, player) => Number(player === (hit ? tokens.length - 1 : 0)));
  const curve = new Float64Array(tokens.length + 1);
  const methods = METHODS.map(
    (method, i): Attributed => ({ method, values: values(i < hits), deletion: curve, insertion: curve }),
  );
  const read = Float32Array.from(values(false));
  return {
    explained: { full: 1, empty: 0, methods, tokens, unknown: [], at: { method: "shapley", reads: 64 } },
    ...{ attention: read, rollout: read },
  };
}

test("a guess of how many find a cause in two places is held against the run, one off is near enough", () => {
  const found = foundBy("又呢脏又吵呢", 4);
  expect(checkHits("4", found)).toMatchObject({ kind: "right", reason: expect.stringContaining("有 4 种") });
  expect(checkHits("5", found).kind).toBe("right");
  expect(checkHits("7", found)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜多了") });
  expect(checkHits("0", found)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜少了") });
});

test("it waits for a run of a short sentence with the character in two places, to its end", () => {
  const found = foundBy("又呢脏又吵呢", 4);
  const half = { ...found, explained: { ...found.explained, methods: found.explained.methods.slice(0, 3) } };
  for (const own of [undefined, foundBy("又脏又吵呢", 4), half]) expect(checkHits("4", own).kind).toBe("unusable");
  for (const text of ["", "许多", "9", "2.5"]) expect(checkHits(text, found).kind).toBe("unusable");
});

test("of two places that stand in for each other each has half, and occlusion gives them nothing", () => {
  expect(verdictOn(TWO_PLACES, "3").kind).toBe("right");
  expect(verdictOn(TWO_PLACES, "0")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("遮挡") });
  expect(verdictOn(TWO_PLACES, "6").kind).toBe("wrong");
  expect(verdictOn(TWO_PLACES, "-3").kind).toBe("wrong");
});
