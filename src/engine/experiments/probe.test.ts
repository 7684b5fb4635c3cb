import { describe, expect, test } from "vitest";
import type { Points } from "../analysis/gram.ts";
import { Random } from "../random.ts";
import { ProbeExperiment, type ProbeSettings } from "./probe.ts";

const random = new Random(9);
const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);

/** Noise, its first dimension moved by the class. */
const pointsWith = (shift: number): Points => ({
  width: 6,
  data: Float32Array.from({ length: 240 }, (_, i) => random.normal() + (i % 6 === 0 ? shift * labels[i / 6]! : 0)),
});
const [plain, blurred, clear] = [pointsWith(0), pointsWith(2), pointsWith(8)];
const SETTINGS: ProbeSettings = {
  representations: [
    { name: "plain", parts: [plain] },
    { name: "clear", parts: [clear] },
    { name: "both", parts: [plain, clear] },
    { name: "twice", parts: [blurred, blurred] },
    { name: "once", parts: [blurred] },
  ],
  labels,
  folds: 5,
  repeats: 3,
};

const create = (settings: Partial<ProbeSettings> = {}, seed = 1) =>
  new ProbeExperiment({ random: new Random(seed) }, { ...SETTINGS, ...settings });

async function finish(settings: Partial<ProbeSettings> = {}, seed = 1) {
  const records = [];
  for await (const record of create(settings, seed).run()) records.push(record);
  return records;
}

describe("probe", () => {
  test("measures every representation over the same splits, with its spread", async () => {
    const records = await finish();
    const of = (name: string) => records.find(({ representation }) => representation === name)!;
    expect(records.map(({ representation }) => representation)).toEqual(["plain", "clear", "both", "twice", "once"]);
    for (const { accuracy, lowest, highest, deviation, splits } of records) {
      expect(splits).toBe(15);
      expect(lowest).toBeLessThanOrEqual(accuracy);
      expect(highest).toBeGreaterThanOrEqual(accuracy);
      expect(deviation).toBeLessThanOrEqual(highest - lowest);
    }
    expect(of("clear")).toMatchObject({ accuracy: expect.closeTo(1, 1) });
    expect(of("plain").accuracy).toBeLessThan(0.7);
    expect(of("both").accuracy).toBeGreaterThan(of("plain").accuracy + 0.2);
    // The same thing twice tells no more than once.
    expect({ ...of("twice"), representation: "once" }).toEqual(of("once"));
  });

  test("the same seed gives the same splits", async () => {
    const [one, same, other] = [await finish(), await finish(), await finish({}, 2)];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test.each<[Partial<ProbeSettings>, string]>([
    [{ folds: 1 }, "折数"],
    [{ repeats: Number.NaN }, "重复的次数"],
    [{ labels: labels.slice(1) }, "对不上"],
    [{ labels: new Uint8Array(40) }, "至少要有两类"],
    [{ labels: new Uint8Array(40).with(3, 1) }, "只有 1 句"],
  ])("refuses %j", (settings, sentence) => {
    expect(() => create(settings)).toThrow(sentence);
  });
});
