import { describe, expect, test } from "vitest";
import { constant, type Schedule, warmupCosine, warmupLinear } from "./schedules.ts";

const steps = (schedule: Schedule, ...at: number[]): number[] => at.map(schedule);

test("a constant rate is the same at every step", () => {
  expect(steps(constant(0.1), 0, 1, 1000)).toEqual([0.1, 0.1, 0.1]);
});

// The numbers of get_linear_schedule_with_warmup and get_cosine_schedule_with_warmup in transformers 5.23.
describe("with 4 steps of warm-up, of 20", () => {
  const shape = { peak: 1, warmup: 4, total: 20 };

  test("the linear schedule", () => {
    expect(steps(warmupLinear(shape), 0, 1, 4, 8, 19, 20, 25)).toEqual([0, 0.25, 1, 0.75, 0.0625, 0, 0]);
  });

  test("the cosine schedule", () => {
    const expected = [0, 0.25, 1, 0.853553, 0.5, 0.009607, 0];
    for (const [i, rate] of steps(warmupCosine(shape), 0, 1, 4, 8, 12, 19, 20).entries()) {
      expect(rate).toBeCloseTo(expected[i]!, 6);
    }
  });
});

test("without warm-up the first step has the full rate", () => {
  expect(warmupLinear({ peak: 0.2, warmup: 0, total: 10 })(0)).toBe(0.2);
  expect(warmupCosine({ peak: 0.2, warmup: 0, total: 10 })(0)).toBe(0.2);
});

test("a run that is all warm-up ends at its peak and then stops", () => {
  expect(steps(warmupLinear({ peak: 1, warmup: 4, total: 4 }), 2, 4, 5)).toEqual([0.5, 1, 0]);
});
