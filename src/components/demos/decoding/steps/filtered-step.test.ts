import { describe, expect, it } from "vitest";
import { filterLogits } from "../../../../engine/decoding/pipeline.ts";
import { DEFAULT_SETTINGS } from "../../../../engine/decoding/settings.ts";
import { logitsOf } from "../../../../engine/testing/random-logits.ts";
import { describeStages } from "../step/stages.ts";
import { extremes, filteredStep, tellSteps } from "./filtered-step.ts";

const sharp = logitsOf(0.95, 0.03, 0.01, 0.01);
const flat = logitsOf(0.3, 0.26, 0.24, 0.2);

/** Both distributions behind a filter; the text has the third token in both places. */
const steps = (filter: object) =>
  [sharp, flat].map((logits, place) =>
    filteredStep(
      place,
      2,
      ["一", "二", "月", "四"],
      describeStages(filterLogits(logits, [], { ...DEFAULT_SETTINGS, doSample: true, ...filter })),
    ),
  );

describe("a filter at every place of a text", () => {
  it("top-k leaves the same number and different probability", () => {
    const [first, second] = steps({ topK: 2 });
    expect(first).toMatchObject({ kept: 2, mass: expect.closeTo(0.98, 5), writable: false });
    expect(second).toMatchObject({ kept: 2, mass: expect.closeTo(0.56, 5), writable: false });
  });

  it("top-p leaves about the same probability and different numbers", () => {
    const [first, second] = steps({ topP: 0.75 });
    expect(first).toMatchObject({ kept: 1, mass: expect.closeTo(0.95, 5), writable: false });
    expect(second).toMatchObject({ kept: 3, mass: expect.closeTo(0.8, 5), writable: true });
    expect(second?.after).toBeCloseTo(0.3, 5);
  });

  it("a filter that is off leaves everything", () => {
    for (const step of steps({ topP: 1 })) expect(step).toMatchObject({ kept: 4, mass: 1, writable: true });
  });

  it("finds the sharpest and the flattest place", () => {
    expect(extremes(steps({}))?.map(({ place }) => place)).toEqual([0, 1]);
    expect(extremes([])).toBeUndefined();
  });

  it("says how many stay, and what cannot be written any more", () => {
    expect(tellSteps("k = 2", steps({ topK: 2 }))).toBe("k = 2：每一步都留 2 个；这段诗里有 2 个字写不出来了：月月。");
    expect(tellSteps("p = 0.75", steps({ topP: 0.75 }))).toBe(
      "p = 0.75：最少的一步留 1 个，最多的留 3 个；这段诗里有 1 个字写不出来了：月。",
    );
    expect(tellSteps("k = 4", steps({ topK: 4 }))).toContain("每个字都还写得出来");
  });
});
