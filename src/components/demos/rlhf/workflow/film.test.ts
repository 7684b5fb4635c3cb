import { expect, it } from "vitest";
import { ahead, momentAt, readingsAt, roundAt, STEPS, stepOf } from "./film.ts";
import { IDLE } from "./readings.ts";
import type { Round } from "./rounds.ts";

const ROUNDS: readonly Round[] = [1, 2, 3].map((iteration) => ({
  iteration,
  reward: 0.5,
  kl: 1,
  entropy: 3,
  epochs: 2,
  updateKl: 0.01,
  clipFraction: 0.25,
  written: 1,
  extremes: { min: { token: "差", advantage: -1 }, max: { token: "好", advantage: 1 } },
  reviews: [],
}));

it("goes stage by stage through round after round, and back", () => {
  expect(STEPS).toEqual(["rollout", "penalty", "advantages", "update"]);
  expect(momentAt(1, 3)).toEqual({ round: 1, part: "rollout" });
  expect(momentAt(4, 3)).toEqual({ round: 1, part: "update" });
  expect(momentAt(5, 3)).toEqual({ round: 2, part: "rollout" });
  for (let step = 1; step <= 12; step++) expect(stepOf(momentAt(step, 3))).toBe(step);
});

it("behind its last step all of the latest round is shown, and so it is where no stage is looked at", () => {
  expect(momentAt(Number.POSITIVE_INFINITY, 3)).toEqual({ round: 0, part: "update" });
  expect(momentAt(13, 3).round).toBe(0);
  for (const moment of [momentAt(13, 3), { round: 2, part: "comparisons" }]) {
    expect(stepOf(moment)).toBe(Number.POSITIVE_INFINITY);
    expect(ahead(3, moment)).toEqual([]);
  }
  expect(roundAt(ROUNDS, { round: 0, part: "rollout" })?.iteration).toBe(3);
  expect(roundAt(ROUNDS, { round: 99, part: "rollout" })?.iteration).toBe(3);
  expect(roundAt([], { round: 1, part: "rollout" })).toBeUndefined();
});

it("what a round has not come to yet has made nothing", () => {
  const moment = { round: 2, part: "penalty" };
  expect(ahead(3, moment)).toEqual(["advantages", "update"]);
  const readings = readingsAt(ROUNDS, moment, 0.03);
  expect(readings).toMatchObject({ rollout: "第 2 轮", penalty: "0.50 − 0.030" });
  expect(readings.advantages).toBe(IDLE.advantages);
  expect(readings.update).toBe(IDLE.update);
  // Before anything has run, too.
  expect(readingsAt([], { round: 0, part: "rollout" }, 0.03).rollout).toBe(IDLE.rollout);
});
