import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../backends/backend.ts";
import { createCpuBackend } from "../backends/cpu/cpu.ts";
import { Random } from "../random.ts";
import {
  MEASURED_EVERY,
  OptimizerRaceExperiment,
  type OptimizerRaceMetrics,
  type OptimizerRaceSettings,
  RACERS,
  type RaceSlice,
} from "./optimizer-race.ts";

const SETTINGS: OptimizerRaceSettings = {
  text: "小猫爱吃鱼，小狗爱吃骨头。小兔爱吃草，小羊也爱吃草。今天下雨，妈妈带了伞。",
  unread: "小狗爱吃鱼，小羊爱吃骨头，小猫也爱吃草。",
  ...{ steps: 40, sgd: 0.3, momentum: 0.03, adamw: 0.01, shape: "constant", changes: "" },
};

let backend: Backend;
beforeAll(async () => {
  backend = await createCpuBackend();
});
afterAll(() => backend.dispose());

const start = (changes: Partial<OptimizerRaceSettings>, seed = 1) =>
  new OptimizerRaceExperiment({ backend, random: new Random(seed) }, { ...SETTINGS, ...changes });

async function race(changes: Partial<OptimizerRaceSettings>, seed = 1) {
  const experiment = start(changes, seed);
  try {
    const records: OptimizerRaceMetrics[] = await Array.fromAsync(experiment.run());
    const answer = await experiment.ask({ kind: "slice", cells: 3 }).catch(() => undefined);
    return { records, slice: answer?.kind === "slice" ? (answer as RaceSlice) : undefined };
  } finally {
    experiment.dispose();
  }
}

test("all begin with one loss and one gradient, read the same, and learn", async () => {
  const { records } = await race({});
  const [first, last] = [records[0]!, records.at(-1)!];
  for (const racer of RACERS) {
    expect(first[`${racer}Loss`]).toBe(first.sgdLoss);
    expect(first[`${racer}Norm`]).toBe(first.sgdNorm);
    expect(last[`${racer}Loss`]!).toBeLessThan(first.sgdLoss! - 0.5);
    const measured = records.filter((record) => record[`${racer}Unread`] !== null);
    expect(measured.map(({ step }) => step)).toEqual([MEASURED_EVERY, 2 * MEASURED_EVERY]);
  }
  // Without its momentum, and with the same rate, it is the first one.
  expect((await race({ steps: 1, momentum: 0.3 })).records[0]!.momentumLoss).toBe(first.sgdLoss);
});

test("who diverges is out, and the others go on as if nothing had been", async () => {
  const { records, slice } = await race({ sgd: 10 });
  const alone = await race({});
  expect(records.at(-1)!.sgdLoss).toBeNull();
  expect(records.map(({ adamwLoss }) => adamwLoss)).toEqual(alone.records.map(({ adamwLoss }) => adamwLoss));
  expect(slice?.paths.map(({ racer }) => racer)).toEqual(["momentum", "adamw"]);
  expect(slice?.losses.every(Number.isFinite)).toBe(true);
});

test("a plane through the ends has the loss of each where it stands, and all of the ways in it", async () => {
  const { slice } = await race({});
  expect(slice?.losses).toHaveLength(9);
  for (const { points } of slice!.paths) {
    for (const [x, y] of points) {
      expect(x).toBeGreaterThan(slice!.x[0]);
      expect(x).toBeLessThan(slice!.x[1]);
      expect(y).toBeGreaterThan(slice!.y[0]);
      expect(y).toBeLessThan(slice!.y[1]);
    }
  }
  // The first end is the plane's origin, the second lies on its first axis.
  expect(slice!.paths[0]!.points.at(-1)).toEqual([0, 0]);
  expect(slice!.paths[1]!.points.at(-1)![1]).toBeCloseTo(0, 3);
});

test("what is changed in mid-run is what a run has that begins with it", async () => {
  const experiment = start({});
  const records: OptimizerRaceMetrics[] = [];
  for await (const record of experiment.run()) {
    records.push(record);
    if (record.step !== 10) continue;
    const answer = await experiment.ask({ kind: "change", to: 0.1 });
    expect(answer).toEqual({ kind: "change", change: { step: 11, to: 0.1 } });
  }
  experiment.dispose();
  expect(records[10]!.sgdRate).toBeCloseTo(0.03, 9);
  expect((await race({ changes: "11x0.1" })).records).toEqual(records);
});

test("the same seed gives the same run, another one another", async () => {
  const { records } = await race({ steps: 2 });
  expect((await race({ steps: 2 })).records).toEqual(records);
  expect((await race({ steps: 2 }, 2)).records).not.toEqual(records);
});

test("it frees everything, and refuses what cannot be used", async () => {
  const before = { ...backend.memory };
  await race({ steps: 2 });
  expect({ ...backend.memory }).toEqual(before);
  for (const changes of [
    { steps: 0 },
    { sgd: -1 },
    { adamw: Number.NaN },
    { text: "短" },
    { unread: "" },
    { changes: "x" },
  ])
    expect(() => start(changes)).toThrow(expect.objectContaining({ code: "bad-input" }));
  const experiment = start({});
  await expect(experiment.ask({ kind: "slice", cells: 3 })).rejects.toThrow("还没有训练过");
  await expect(experiment.ask({ kind: "slice", cells: 0 })).rejects.toThrow("格数");
  experiment.dispose();
  expect({ ...backend.memory }).toEqual(before);
});
