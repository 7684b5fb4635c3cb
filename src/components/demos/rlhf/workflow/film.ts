import { PARTS } from "./parts.ts";
import { IDLE, type LoopReadings, loopReadings } from "./readings.ts";
import type { Round } from "./rounds.ts";

/** Ids of the stages of a round, in their order. */
export const STEPS: readonly string[] = PARTS.filter(({ run }) => run === "loop").map(({ id }) => id);

/** A stage of a round; round 0 is the latest, with all that was made in it. */
export interface Moment {
  readonly round: number;
  readonly part: string;
}

/** Which step of the film a moment is, counted from 1: each stage of each round is one. Infinite where nothing but the latest is looked at. */
export function stepOf({ round, part }: Moment): number {
  const stage = STEPS.indexOf(part);
  return round === 0 || stage < 0 ? Number.POSITIVE_INFINITY : (round - 1) * STEPS.length + stage + 1;
}

/** The moment of a step. @param rounds that there are: what lies beyond them is the latest */
export function momentAt(step: number, rounds: number): Moment {
  if (step > rounds * STEPS.length) return { round: 0, part: STEPS.at(-1)! };
  return { round: Math.ceil(step / STEPS.length), part: STEPS[(step - 1) % STEPS.length]! };
}

/** The round that is looked at; undefined where there is none. */
export function roundAt(rounds: readonly Round[], { round }: Moment): Round | undefined {
  return rounds[round - 1] ?? rounds.at(-1);
}

/** What stands on the boxes in a moment: those of the stages that come later in its round have made nothing yet. */
export function readingsAt(rounds: readonly Round[], moment: Moment, klWeight: number): LoopReadings {
  const made = loopReadings(roundAt(rounds, moment), klWeight);
  return { ...made, ...Object.fromEntries(ahead(rounds.length, moment).map((id) => [id, IDLE[id]])) };
}

/** Ids of the stages that come later in the round of a moment. @param rounds that there are */
export function ahead(rounds: number, moment: Moment): (keyof LoopReadings)[] {
  const step = stepOf(moment);
  // The stages that run have readings.
  return step < rounds * STEPS.length ? (STEPS.slice(((step - 1) % STEPS.length) + 1) as (keyof LoopReadings)[]) : [];
}
