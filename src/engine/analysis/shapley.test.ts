import { describe, expect, test } from "vitest";
import { Random } from "../random.ts";
import { type Coalition, coalitionTexts, everyCoalition, type Score } from "./coalitions.ts";
import { kernelShap } from "./kernel-shap.ts";
import { shapleyValues } from "./shapley.ts";

/** A game that says at once what each coalition is worth. */
const game =
  (worth: (coalition: Coalition) => number): Score =>
  async (coalitions) =>
    coalitions.map(worth);

/** Any worth at all for each coalition of these players. */
function arbitrary(players: number, seed: number): Score {
  const random = new Random(seed);
  const worths = everyCoalition(players).map(() => random.normal());
  return game((coalition) => worths[coalition.reduce((bits, present, i) => bits + (present ? 2 ** i : 0), 0)]!);
}

/** The cost of a runway is that of the largest aircraft on it (Littlechild & Owen 1973). */
const COSTS = [1, 2, 2, 5, 9];
const airport = game((coalition) => Math.max(0, ...COSTS.filter((_, i) => coalition[i])));
/** Each stretch of it is paid in equal parts by those who need it. */
const FAIR = [1 / 5, 1 / 5 + 1 / 4, 1 / 5 + 1 / 4, 1 / 5 + 1 / 4 + 3 / 2, 1 / 5 + 1 / 4 + 3 / 2 + 4];

const METHODS: [string, (players: number, score: Score) => ReturnType<typeof shapleyValues>][] = [
  ["exact", shapleyValues],
  ["KernelSHAP with all coalitions", (players, score) => kernelShap(players, score, 2 ** players, new Random(1))],
];

describe.each(METHODS)("Shapley values, %s", (_name, method) => {
  test("of the airport game are those of the literature", async () => {
    const { values, empty, full } = await method(COSTS.length, airport);
    expect([empty, full]).toEqual([0, 9]);
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(FAIR[i]!, 12);
  });

  test.each([1, 2, 3, 7, 10])("of %i players add up to what all of them gain", async (players) => {
    const { values, empty, full } = await method(players, arbitrary(players, players));
    expect(values).toHaveLength(players);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(full - empty, 10);
  });

  test("are equal for players that do the same, and zero for one that does nothing", async () => {
    // The first two stand for each other; the last changes nothing.
    const { values } = await method(
      4,
      game(([a, b, c]) => 0.5 + Number(a || b) * (c ? 3 : 1) + Number(c)),
    );
    expect(values[0]).toBeCloseTo(values[1]!, 12);
    expect(values[0]).toBeGreaterThan(0.1);
    expect(values[3]).toBeCloseTo(0, 12);
  });

  test.each([[0], [-1], [2.5], [Number.NaN]])("of %d players there are none", async (players) => {
    await expect(method(players, airport)).rejects.toMatchObject({ code: "bad-input" });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("a score of %d is refused", async (bad) => {
    const score = game((coalition) => (coalition[1] ? bad : 0));
    await expect(method(3, score)).rejects.toThrow("不是有限的数");
  });

  test("a score that answers too little is refused; one that throws ends the work", async () => {
    await expect(method(3, async () => [1])).rejects.toThrow("对不上");
    await expect(method(3, () => Promise.reject(new Error("enough")))).rejects.toThrow("enough");
  });
});

test("exact values are not begun for more players than 12", async () => {
  let asked = 0;
  const score: Score = async (coalitions) => {
    asked += coalitions.length;
    return coalitions.map(() => 0);
  };
  await expect(shapleyValues(13, score)).rejects.toMatchObject({ code: "bad-input" });
  expect(asked).toBe(0);
  await shapleyValues(12, score);
  expect(asked).toBe(4096);
});

describe("KernelSHAP", () => {
  const PLAYERS = 9;
  const score = arbitrary(PLAYERS, 3);
  const errorOf = async (samples: number, seed: number): Promise<number> => {
    const [exact, estimate] = await Promise.all([
      shapleyValues(PLAYERS, score),
      kernelShap(PLAYERS, score, samples, new Random(seed)),
    ]);
    return Math.sqrt(exact.values.reduce((sum, value, i) => sum + (value - estimate.values[i]!) ** 2, 0) / PLAYERS);
  };

  test("with all coalitions is exact, whatever the game", async () => {
    expect(await errorOf(2 ** PLAYERS - 2, 1)).toBeLessThan(1e-9);
  });

  test("with some of them is the nearer, the more there are, and adds up all the same", async () => {
    const mean = async (samples: number) => {
      const errors = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => errorOf(samples, seed)));
      return errors.reduce((sum, error) => sum + error, 0) / errors.length;
    };
    const [few, many] = [await mean(40), await mean(400)];
    expect(many).toBeLessThan(few / 2);
    const { values, empty, full } = await kernelShap(PLAYERS, score, 40, new Random(1));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(full - empty, 10);
  });

  test("asks about no more coalitions than it was told, each once, and always with its complement", async () => {
    const asked: string[] = [];
    const keyOf = (coalition: Coalition) => coalition.map(Number).join("");
    await kernelShap(
      6,
      async (coalitions) => {
        asked.push(...coalitions.map(keyOf));
        return coalitions.map(() => 0);
      },
      30,
      new Random(2),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(32);
    const complement = (key: string) => [...key].map((bit) => 1 - Number(bit)).join("");
    expect(asked.every((key) => asked.includes(complement(key)))).toBe(true);
  });

  test("of a sum is exact from any samples that settle it", async () => {
    const terms = Array.from({ length: 40 }, (_, i) => Math.sin(i * i));
    const sum = game((coalition) => terms.reduce((total, term, i) => total + (coalition[i] ? term : 0), 2));
    const { values, empty } = await kernelShap(40, sum, 200, new Random(5));
    expect(empty).toBe(2);
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(terms[i]!, 9);
  });

  test("the same seed gives the same numbers, another one others", async () => {
    const [one, same, other] = await Promise.all(
      [7, 7, 8].map((seed) => kernelShap(PLAYERS, score, 60, new Random(seed))),
    );
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  test.each([0, 1, 2.5, Number.NaN])("of %d samples is refused", async (samples) => {
    await expect(kernelShap(3, airport, samples, new Random(1))).rejects.toThrow("至少要抽两个样本");
  });

  test("samples that leave a value open are refused", async () => {
    await expect(kernelShap(PLAYERS, score, 4, new Random(1))).rejects.toThrow("多抽一些样本");
  });
});

test("a coalition reads the text with the tokens of the others hidden, and what else belongs to it", () => {
  const text = { ids: [2, 10, 11, 12, 3], segments: [0, 0, 0, 1, 1] };
  expect(
    coalitionTexts(
      text,
      [1, 3],
      [
        [true, false],
        [false, true],
        [false, false],
      ],
      4,
    ),
  ).toEqual([
    { ids: [2, 10, 11, 4, 3], segments: text.segments },
    { ids: [2, 4, 11, 12, 3], segments: text.segments },
    { ids: [2, 4, 11, 4, 3], segments: text.segments },
  ]);
  expect(text.ids).toEqual([2, 10, 11, 12, 3]);
});
