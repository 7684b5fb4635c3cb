import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import { advance, CART_POLE, type CartPoleState, isLost } from "../rl/cart-pole.ts";
import { type CartPoleAnswer, CartPoleExperiment, type CartPoleMetrics, type CartPoleQuestion } from "./cart-pole.ts";
import { CART_POLE_DEFAULTS, CART_POLE_RANGES, type CartPoleSettings } from "./cart-pole-settings.ts";

const SMALL = { steps: 1024, environments: 4, horizon: 64, epochs: 2, minibatch: 64, width: 16 };

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

function start(changes: Partial<CartPoleSettings> = {}, seed = 1): CartPoleExperiment {
  return new CartPoleExperiment({ backend, random: new Random(seed) }, { ...CART_POLE_DEFAULTS, ...changes });
}

async function train(experiment: CartPoleExperiment): Promise<CartPoleMetrics[]> {
  const records: CartPoleMetrics[] = [];
  for await (const record of experiment.run()) records.push(record);
  return records;
}

async function ask<Kind extends CartPoleQuestion["kind"]>(
  experiment: CartPoleExperiment,
  question: Extract<CartPoleQuestion, { kind: Kind }>,
): Promise<Extract<CartPoleAnswer, { kind: Kind }>> {
  const answer = await experiment.ask(question);
  if (answer.kind !== question.kind) throw new Error(`${answer.kind} answers ${question.kind}`);
  return answer as Extract<CartPoleAnswer, { kind: Kind }>;
}

const refused = (reason: string) =>
  expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(reason) });

describe("a training", () => {
  test("learns to balance the pole far longer than chance does", async () => {
    const experiment = start({ steps: 16_000 });
    const evaluation = { kind: "evaluation", episodes: 50, seed: 9, greedy: false } as const;
    const before = await ask(experiment, evaluation);
    const records = await train(experiment);
    const after = await ask(experiment, evaluation);
    // Pushes at random last some 22 steps.
    expect(before.mean).toBeLessThan(40);
    expect(after.mean).toBeGreaterThan(3 * before.mean);
    const [first, last] = [records[0]!, records.at(-1)!];
    expect(first.entropy).toBeCloseTo(Math.LN2, 1);
    expect(last.entropy).toBeLessThan(first.entropy);
    expect(last.meanReturn!).toBeGreaterThan(2 * first.meanReturn!);
    expect(last.learningRate).toBeLessThan(first.learningRate / 10);
    experiment.dispose();
  });

  test("takes as many steps at a time as its settings allow", async () => {
    const most = { environments: CART_POLE_RANGES.environments.max, horizon: CART_POLE_RANGES.horizon.max };
    const experiment = start({ ...most, steps: 1, epochs: 1, minibatch: CART_POLE_RANGES.minibatch.max, width: 1 });
    expect(await train(experiment)).toMatchObject([{ steps: most.environments * most.horizon }]);
    experiment.dispose();
  });

  test("counts what it did", async () => {
    const experiment = start(SMALL);
    const records = await train(experiment);
    expect(records.map(({ update, steps }) => [update, steps])).toEqual([
      [1, 256],
      [2, 512],
      [3, 768],
      [4, 1024],
    ]);
    for (const record of records) {
      for (const value of Object.values(record)) expect(value === null || Number.isFinite(value)).toBe(true);
      expect(record.epochs).toBe(2);
    }
    experiment.dispose();
  });

  test("the same seed gives the same run, another seed another", async () => {
    const runs = [start(SMALL), start(SMALL), start(SMALL, 2)];
    const [first, again, other] = await Promise.all(runs.map(train));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const run of runs) run.dispose();
  });

  test("a learning rate of 0 changes nothing, and says so in its numbers", async () => {
    const experiment = start({ ...SMALL, learningRate: 0 });
    const records = await train(experiment);
    expect(records.map(({ kl, clipFraction }) => [kl < 1e-9, clipFraction])).toEqual(records.map(() => [true, 0]));
    experiment.dispose();
  });

  test.each([
    ["one cart, one step, batches of one", { steps: 3, environments: 1, horizon: 1, minibatch: 1 }],
    ["a minibatch larger than the batch", { steps: 32, environments: 1, horizon: 32, minibatch: 4096 }],
    ["no discounted future", { ...SMALL, discount: 0, lambda: 0 }],
  ])("%s: goes through", async (_name, changes) => {
    const experiment = start(changes);
    expect((await train(experiment)).length).toBeGreaterThan(0);
    experiment.dispose();
  });

  test("a learning rate of 10 ends with a sentence or with finite numbers, never with NaN on a plot", async () => {
    const experiment = start({ ...SMALL, learningRate: 10, clipRange: 10, maxGradientNorm: 100 });
    const records: CartPoleMetrics[] = [];
    let code = "";
    try {
      for await (const record of experiment.run()) records.push(record);
    } catch (error) {
      code = (error as { code: string }).code;
    }
    expect(["", "diverged"]).toContain(code);
    for (const record of records) expect(Object.values(record).some(Number.isNaN)).toBe(false);
    experiment.dispose();
  });

  test("stops an update at the KL target", async () => {
    const experiment = start({ ...SMALL, epochs: 20, learningRate: 0.01, targetKl: 0.005 });
    const records = await train(experiment);
    expect(records.some(({ epochs }) => epochs < 20)).toBe(true);
    experiment.dispose();
  });

  test("twenty that were started and stopped leave nothing in memory", async () => {
    const before = { ...backend.memory };
    for (let seed = 0; seed < 20; seed++) {
      const experiment = start(SMALL, seed);
      const records = experiment.run();
      await records.next();
      await records.return();
      experiment.dispose();
    }
    expect({ ...backend.memory }).toEqual(before);
  });
});

describe("questions", () => {
  test("an episode is what the physics makes of its actions", async () => {
    const experiment = start(SMALL);
    const question = { kind: "episode", start: [0.01, -0.02, 0.03, 0.04], seed: 5 } as const;
    const { states, actions, truncated } = await ask(experiment, question);
    let state: CartPoleState = question.start;
    for (const [i, action] of actions.entries()) {
      expect(isLost(state)).toBe(false);
      state = advance(state, action === 1 ? CART_POLE.force : -CART_POLE.force);
      for (const [j, value] of state.entries()) expect(states[4 * (i + 1) + j]).toBeCloseTo(value, 5);
    }
    expect(states).toHaveLength(4 * (actions.length + 1));
    expect([isLost(state), truncated]).toEqual([true, false]);
    expect(await ask(experiment, question)).toEqual({ kind: "episode", states, actions, truncated });
    expect((await ask(experiment, { ...question, seed: 6 })).actions).not.toEqual(actions);
    experiment.dispose();
  });

  test("the field is the policy that plays", async () => {
    const experiment = start({ ...SMALL, learningRate: 0.01 });
    await train(experiment);
    const field = await ask(experiment, {
      kind: "field",
      position: 0,
      velocity: 0,
      maxAngle: 0.2,
      maxAngularVelocity: 2,
      cells: 9,
    });
    expect([field.right.length, field.values.length]).toEqual([81, 81]);
    // Fourth cell of the second row: angle 0.2 · (7/9 − 1), angular velocity 2 · (1 − 3/9).
    const state = [0, 0, 0.2 * (7 / 9 - 1), 2 * (1 - 3 / 9)] as const;
    const { actions } = await ask(experiment, { kind: "episode", start: state, seed: null });
    expect(actions[0]).toBe(field.right[9 + 3]! > 0.5 ? 1 : 0);
    const { values } = await ask(experiment, { kind: "values", states: Float32Array.of(0, 0, 0, 0, ...state) });
    expect(values).toHaveLength(2);
    expect(values[1]).toBeCloseTo(field.values[9 + 3]!, 5);
    // It has begun to catch a pole that falls to the right.
    expect(field.right[8]!).toBeGreaterThan(field.right[72]!);
    experiment.dispose();
  });

  test("an evaluation plays as many episodes as asked, the same ones for the same seed, and disturbs no training", async () => {
    const [asked, quiet] = [start(SMALL), start(SMALL)];
    const question = { kind: "evaluation", episodes: 7, seed: 3, greedy: true } as const;
    const { returns, mean } = await ask(asked, question);
    expect(returns).toHaveLength(7);
    expect(mean).toBeCloseTo(returns.reduce((sum, value) => sum + value) / 7, 9);
    expect(await ask(asked, question)).toEqual({ kind: "evaluation", returns, mean });
    expect(await train(asked)).toEqual(await train(quiet));
    asked.dispose();
    quiet.dispose();
  });

  test("what cannot be answered is refused", async () => {
    const experiment = start(SMALL);
    const evaluation = { kind: "evaluation", episodes: Number.NaN, seed: 1, greedy: true } as const;
    await expect(experiment.ask(evaluation)).rejects.toThrow(refused("局数"));
    const field = { kind: "field", position: 0, velocity: 0, maxAngle: 1, maxAngularVelocity: 1, cells: 0 } as const;
    await expect(experiment.ask(field)).rejects.toThrow(refused("格数"));
    const values = { kind: "values", states: Float32Array.of(1, 2, 3) } as const;
    await expect(experiment.ask(values)).rejects.toThrow(refused("每个状态是 4 个数"));
    experiment.dispose();
  });
});

test.each([
  [{ learningRate: Number.NaN }, "学习率是 NaN"],
  [{ learningRate: -1 }, "学习率"],
  [{ minibatch: 0 }, "小批"],
  [{ horizon: 1.5 }, "每轮步数是 1.5，要是整数"],
  [{ environments: 1e9 }, "并排的车"],
  [{ discount: 1.01 }, "折扣"],
  [{ width: 0 }, "宽度"],
] as const)("%j is refused, and leaves nothing in memory", (changes, reason) => {
  const before = { ...backend.memory };
  expect(() => start(changes)).toThrow(refused(reason));
  expect({ ...backend.memory }).toEqual(before);
});
