import { describe, expect, it } from "vitest";
import type { SampledPoem } from "../sweep/collect.ts";
import { makeRow } from "../sweep/metrics.ts";
import { checkPrediction, FROM, TO } from "./predict-rhyme.ts";

/** A row of so many poems, of which so many rhyme. */
function row(value: number, poems: number, rhyming: number) {
  const poem = (rhyme: boolean): SampledPoem => ({
    ...{ body: "一二三四五", finished: true, logProbPerToken: -1 },
    measures: { form: true, rhyme, copied: [], lineCount: 1, distinct2: 1, repeated: 0 },
  });
  return makeRow(
    value,
    Array.from({ length: poems }, (_, i) => poem(i < rhyming)),
  );
}

const measured = { axis: "temperature" as const, rows: [row(FROM, 48, 36), row(1.25, 48, 30), row(TO, 48, 12)] };

describe("the prediction of rhymes", () => {
  it("is right within what so many poems can tell, and says what was measured", () => {
    for (const guess of ["50", "40", "60"]) {
      expect(checkPrediction(guess, measured)).toMatchObject({
        kind: "right",
        reason: expect.stringContaining("少 50.0 个百分点"),
      });
    }
    expect(checkPrediction("10", measured)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太少") });
    expect(checkPrediction("90", measured)).toMatchObject({ kind: "wrong", reason: expect.stringContaining("太多") });
  });

  it("waits for the run", () => {
    for (const other of [
      { ...measured, rows: [] },
      { ...measured, axis: "top-k" as const },
      { ...measured, rows: measured.rows.slice(0, 2) },
      { ...measured, rows: [row(FROM, 48, 36), row(TO, 19, 0)] },
    ]) {
      expect(checkPrediction("30", other)).toMatchObject({ kind: "unusable", reason: expect.stringContaining("30") });
    }
    expect(checkPrediction("不知道", measured)).toMatchObject({
      kind: "unusable",
      reason: expect.stringContaining("请写一个数"),
    });
  });
});
