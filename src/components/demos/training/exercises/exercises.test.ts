import { expect, test } from "vitest";
import type { TokenUnitsMetrics } from "../../../../engine/experiments/token-units.ts";
import { verdictOn } from "../../../kit/exercise/number-question.ts";
import { PER_CHARACTER } from "./per-character.ts";
import { checkBytes } from "./predict-bytes.ts";

const run = (name: string, bitsPerCharacter: number) => ({
  name,
  records: [{ step: 100, bitsPerCharacter } as TokenUnitsMetrics],
});

test("a loss by the token is told from one by the character, nats from bits", () => {
  expect(verdictOn(PER_CHARACTER, "2.89").kind).toBe("right");
  for (const [answer, reason] of [
    ["2", "ln 2"],
    ["4.33", "每个词元"],
    ["6.49", "反了"],
    ["1.386", "变大"],
    ["9", "先把"],
  ] as const)
    expect(verdictOn(PER_CHARACTER, answer)).toMatchObject({ kind: "wrong", reason: expect.stringContaining(reason) });
});

test("a guess waits for the end of the reader's own training, and is held against it", () => {
  const runs = [run("字节", 8.5), run("字", 7)];
  for (const text of ["", "多一点"]) expect(checkBytes(text, runs, 100).kind).toBe("unusable");
  for (const steps of [0, 300]) expect(checkBytes("1", runs, steps).kind).toBe("unusable");
  expect(checkBytes("1", [], 100)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("开始") });
  expect(checkBytes("1.3", runs, 100).kind).toBe("right");
  expect(checkBytes("−1", runs, 100)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜低了") });
  expect(checkBytes("3", runs, 100)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("猜高了") });
});
