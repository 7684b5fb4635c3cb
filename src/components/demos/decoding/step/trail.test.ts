import { describe, expect, it } from "vitest";
import {
  answerHere,
  before,
  choiceAt,
  endOf,
  goOn,
  goTo,
  pathTo,
  startTrail,
  type Trail,
  waysFrom,
  wayWith,
} from "./trail.ts";

const answer = (node: number) => ({ node, logits: new Float32Array(4) });
const choice = (token: number) => ({ token, by: "reader" as const, probability: 0.5, filtered: 0.5 });
const tokens = (trail: Trail) => pathTo(trail, trail.here).map((place) => choiceAt(trail, place).token);

/** From the prompt 1 → 2 → 3, then back to 1 and 4 there. */
function forked(): { trail: Trail; one: number } {
  const first = goOn(startTrail(answer(0)), choice(1), answer(1));
  const three = goOn(goOn(first, choice(2), answer(2)), choice(3), null);
  return { trail: goOn(goTo(three, first.here), choice(4), answer(3)), one: first.here };
}

describe("a trail", () => {
  it("begins at the end of the prompt", () => {
    const trail = startTrail(answer(7));
    expect(tokens(trail)).toEqual([]);
    expect(answerHere(trail)?.node).toBe(7);
    expect(waysFrom(trail, 0)).toEqual([]);
  });

  it("keeps the other way when the reader goes back", () => {
    const { trail, one } = forked();
    expect(tokens(trail)).toEqual([1, 4]);
    expect(answerHere(trail)?.node).toBe(3);
    const ways = waysFrom(trail, one);
    expect(ways.map((place) => choiceAt(trail, place).token)).toEqual([2, 4]);
    expect(tokens(goTo(trail, endOf(trail, ways[0] ?? -1)))).toEqual([1, 2, 3]);
  });

  it("finds the way that a token has already opened", () => {
    const { trail, one } = forked();
    const back = goTo(trail, one);
    expect(wayWith(back, 4)).toBe(trail.here);
    expect(wayWith(back, 9)).toBeUndefined();
  });

  it("has no answer where the text is over", () => {
    const { trail, one } = forked();
    expect(answerHere(goTo(trail, endOf(trail, waysFrom(trail, one)[0] ?? -1)))).toBeNull();
  });

  it("goes back to the prompt and not beyond", () => {
    const { trail, one } = forked();
    expect(before(trail, trail.here)).toBe(one);
    expect(before(trail, one)).toBe(0);
    expect(before(trail, 0)).toBe(0);
  });

  it("is not changed by going on", () => {
    const start = startTrail(answer(0));
    goOn(start, choice(1), answer(1));
    expect(start.visits).toHaveLength(1);
    expect(() => goTo(start, 5)).toThrow(RangeError);
    expect(() => choiceAt(start, 0)).toThrow(RangeError);
  });
});
