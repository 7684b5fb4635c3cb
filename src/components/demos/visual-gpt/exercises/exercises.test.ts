import { expect, test } from "vitest";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import type { Film, Shot } from "../film/film.ts";
import { PERPLEXITY } from "./perplexity.ts";
import { checkCache } from "./predict-cache.ts";

/** A film of so many steps, each measured to take three times as long without the cache. */
function filmOf(steps: number, timed = true): Film {
  const shot: Shot = {
    ...{ fresh: 1, seen: 1, attention: new Float32Array(), lens: [], candidates: [], bytes: 0 },
    chosen: { text: "好", probability: 1 },
    products: { cached: 10, whole: 80 },
    seconds: timed ? { cached: 0.002, whole: 0.006 } : null,
  };
  const shots = Array.from({ length: steps }, () => shot);
  return { unknown: [], tokens: [], prompt: 1, layers: 1, heads: 1, places: steps, shots };
}

test("a guess of what the cache saves is held against what was measured", () => {
  expect(checkCache("3.5", filmOf(8))).toMatchObject({ kind: "right", reason: expect.stringContaining("是 3.0 倍") });
  expect(checkCache("8", filmOf(8))).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太多") });
  expect(checkCache("1", filmOf(8))).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太少") });
});

test("it waits for a film that is long enough and was timed", () => {
  for (const film of [undefined, filmOf(3), filmOf(8, false)]) expect(checkCache("3", film).kind).toBe("unusable");
  for (const text of ["", "很多", "-1", "0"]) expect(checkCache(text, filmOf(8)).kind).toBe("unusable");
});

test("a perplexity is the exponential of the mean loss, and it is said what else was computed", () => {
  expect(verdictOn(PERPLEXITY, "2.83").kind).toBe("right");
  expect(verdictOn(PERPLEXITY, "2.67")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("算术平均") });
  expect(verdictOn(PERPLEXITY, "1.04")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("取指数") });
  expect(verdictOn(PERPLEXITY, "3")).toMatchObject({ kind: "wrong", reason: expect.stringContaining("先取对数") });
});
