import { expect, test } from "vitest";
import { follows, isRight, KINDS, PAIRS } from "./pairs.ts";

test("every story appears once of each kind, and no pair twice", () => {
  for (const kind of KINDS) expect(PAIRS.filter((pair) => pair.kind === kind)).toHaveLength(12);
  expect(new Set(PAIRS.map(({ first, second }) => `${first}|${second}`)).size).toBe(PAIRS.length);
  // A sentence of another topic must not be the one that follows.
  const next = new Map(PAIRS.filter(follows).map(({ first, second }) => [first, second]));
  for (const pair of PAIRS.filter(({ kind }) => kind === "换了话题")) {
    expect(pair.second).not.toBe(next.get(pair.first));
    expect([...next.values()]).toContain(pair.second);
  }
});

test("a swapped pair holds the two sentences of one that follows", () => {
  const swapped = PAIRS.filter(({ kind }) => kind === "颠倒了次序");
  const following = new Set(PAIRS.filter(follows).map(({ first, second }) => `${second}|${first}`));
  for (const { first, second } of swapped) expect(following).toContain(`${first}|${second}`);
});

test("above one half is a yes", () => {
  const [yes, no] = [PAIRS.find(follows)!, PAIRS.find((pair) => !follows(pair))!];
  expect(isRight({ pair: yes, probability: 0.51 })).toBe(true);
  expect(isRight({ pair: yes, probability: 0.5 })).toBe(false);
  expect(isRight({ pair: no, probability: 0.2 })).toBe(true);
  expect(isRight({ pair: no, probability: 0.9 })).toBe(false);
});
