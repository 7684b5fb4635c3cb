import type { NodeId } from "../../../../engine/models/token-tree.ts";

/** Who put a token into the text: the reader, the decoder, or a link that brought it along. */
export type Chooser = "reader" | "decoder" | "link";

/** The model's answer after a token; absent after a token that nothing follows. */
export interface Answer {
  readonly node: NodeId;
  readonly logits: Float32Array;
}

/** One token behind the prompt, and how it came there. */
export interface Choice {
  readonly token: number;
  readonly by: Chooser;
  /** Its probability under the model, 0–1. */
  readonly probability: number;
  /** Its probability behind all filters; 0 where they had ruled it out. */
  readonly filtered: number;
}

/** A place in the trail: its index in `Trail.visits`. Place 0 is the end of the prompt. */
export type Place = number;

interface Visit {
  /** `null` only for place 0. */
  readonly parent: Place | null;
  readonly choice: Choice | null;
  /** Number of tokens behind the prompt. */
  readonly length: number;
  readonly answer: Answer | null;
}

/**
 * Every way the reader has gone from one prompt: a tree of texts with the place where the reader stands. Values, never changed: going
 * back and another way keeps what was there.
 */
export interface Trail {
  readonly visits: readonly Visit[];
  readonly here: Place;
}

/** A trail that stands at the end of the prompt. */
export function startTrail(answer: Answer): Trail {
  return { visits: [{ parent: null, choice: null, length: 0, answer }], here: 0 };
}

/** The trail with one more token behind where it stands, and standing there. */
export function goOn(trail: Trail, choice: Choice, answer: Answer | null): Trail {
  const visit: Visit = { parent: trail.here, choice, length: visitAt(trail, trail.here).length + 1, answer };
  return { visits: [...trail.visits, visit], here: trail.visits.length };
}

/** The same trail, standing elsewhere. */
export function goTo(trail: Trail, place: Place): Trail {
  visitAt(trail, place);
  return { ...trail, here: place };
}

/** What the model answered where the trail stands; `null` where the text is over. */
export function answerHere(trail: Trail): Answer | null {
  return visitAt(trail, trail.here).answer;
}

/** The places from the first token behind the prompt to `place`, both included. */
export function pathTo(trail: Trail, place: Place): Place[] {
  const path: Place[] = [];
  for (let at: Place | null = place; at; at = visitAt(trail, at).parent) path.unshift(at);
  return path;
}

/** How the token at a place behind the prompt was chosen. */
export function choiceAt(trail: Trail, place: Place): Choice {
  const { choice } = visitAt(trail, place);
  if (!choice) throw new RangeError(`no token was chosen at place ${place}`);
  return choice;
}

/** The place before a token; the end of the prompt for the first. */
export function before(trail: Trail, place: Place): Place {
  return visitAt(trail, place).parent ?? 0;
}

/** The ways already gone from a place, in the order in which they were first taken. */
export function waysFrom(trail: Trail, place: Place): Place[] {
  return [...trail.visits.keys()].filter((index) => trail.visits[index]?.parent === place);
}

/** Where a token leads from here, if that way has been gone before. */
export function wayWith(trail: Trail, token: number): Place | undefined {
  return waysFrom(trail, trail.here).find((place) => trail.visits[place]?.choice?.token === token);
}

/** The end of a way: from `place` on, always along what was added last. */
export function endOf(trail: Trail, place: Place): Place {
  const next = waysFrom(trail, place).at(-1);
  return next === undefined ? place : endOf(trail, next);
}

function visitAt(trail: Trail, place: Place): Visit {
  const visit = trail.visits[place];
  if (!visit) throw new RangeError(`no place ${place} in this trail`);
  return visit;
}
