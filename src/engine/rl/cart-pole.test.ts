import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { loadFixture } from "../testing/load.ts";
import {
  advance,
  CART_POLE,
  CartPole,
  type CartPoleAction,
  type CartPoleState,
  drawStart,
  isLost,
} from "./cart-pole.ts";

/** `training/fixtures_cart_pole.py`: recorded from Gymnasium's CartPole-v1. */
interface Fixture {
  readonly trajectories: readonly {
    readonly start: CartPoleState;
    readonly actions: readonly CartPoleAction[];
    /** By the number of the step, from 0. */
    readonly states: Readonly<Record<string, CartPoleState>>;
    readonly rewards: number;
    readonly terminated: boolean;
    readonly truncated: boolean;
  }[];
  readonly advances: readonly {
    readonly state: CartPoleState;
    readonly action: CartPoleAction;
    readonly next: CartPoleState;
  }[];
}

const fixture = JSON.parse(
  new TextDecoder().decode(await loadFixture("src/engine/testdata/cart-pole.json")),
) as Fixture;

function expectClose(state: CartPoleState, expected: CartPoleState, digits: number): void {
  for (const [i, value] of state.entries()) expect(value).toBeCloseTo(expected[i]!, digits);
}

describe.each(fixture.trajectories.map((trajectory, i) => ({ ...trajectory, i })))(
  "Gymnasium's trajectory $i",
  ({ start, actions, states, rewards, terminated, truncated }) => {
    test("goes the same way and ends at the same step, in the same manner", () => {
      const cart = new CartPole(start);
      let sum = 0;
      for (const [i, action] of actions.entries()) {
        const step = cart.step(action);
        sum += step.reward;
        const expected = states[i];
        if (expected) expectClose(cart.state, expected, 9);
        const last = i === actions.length - 1;
        expect(step).toEqual({ reward: 1, terminated: last && terminated, truncated: last && truncated });
      }
      expect(sum).toBe(rewards);
    });
  },
);

test("the trajectories end in all three ways", () => {
  const ends = fixture.trajectories.map(({ states, actions, truncated }) => {
    const [position, , angle] = states[actions.length - 1]!;
    if (truncated) return "time";
    return Math.abs(position) > CART_POLE.maxPosition ? "track" : Math.abs(angle) > CART_POLE.maxAngle ? "pole" : "?";
  });
  expect(new Set(ends)).toEqual(new Set(["pole", "time", "track"]));
});

test("far from upright it moves as Gymnasium's, too", () => {
  for (const { state, action, next } of fixture.advances) {
    expectClose(advance(state, action === 1 ? CART_POLE.force : -CART_POLE.force), next, 12);
  }
});

test("starts are drawn from the whole range, and are not lost", () => {
  const random = new Random(1);
  const starts = Array.from({ length: 500 }, () => drawStart(random));
  for (let i = 0; i < 4; i++) {
    const values = starts.map((start) => start[i]!);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.05);
    expect(Math.min(...values)).toBeLessThan(-0.049);
    expect(Math.max(...values)).toBeGreaterThan(0.049);
    expect(Math.max(...values)).toBeLessThanOrEqual(0.05);
  }
  expect(starts.some(isLost)).toBe(false);
});

test("the limits themselves are not lost yet, what lies beyond them is", () => {
  expect(isLost([2.4, 0, 0, 0])).toBe(false);
  expect(isLost([-2.4001, 0, 0, 0])).toBe(true);
  expect(isLost([0, 0, CART_POLE.maxAngle, 0])).toBe(false);
  expect(isLost([0, 0, -CART_POLE.maxAngle - 1e-9, 0])).toBe(true);
});

test("a reset cart counts anew", () => {
  const cart = new CartPole([0, 0, 0, 0]);
  cart.step(1);
  cart.reset([0.01, 0, 0, 0]);
  expect([cart.steps, cart.state]).toEqual([0, [0.01, 0, 0, 0]]);
});
