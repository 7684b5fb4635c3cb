import { describe, expect, test } from "vitest";
import { Random } from "../../../../engine/random.ts";
import { groupAgain, groupsOf, promptsOf } from "./groups.ts";

const [HOTEL, FOOD] = [
  { category: "酒店", opening: "房间" },
  { category: "外卖", opening: "" },
];

test("prompts for groups, and the reviews by their groups again", () => {
  const prompts = promptsOf([HOTEL, FOOD], 3, 2);
  expect(prompts).toEqual([HOTEL, HOTEL, FOOD, FOOD, HOTEL, HOTEL]);
  const texts = ["好", "坏", "快", "快", "大", "小"];
  expect(
    groupsOf(
      prompts.map((prompt, i) => ({ ...prompt, text: texts[i]! })),
      2,
    ),
  ).toEqual([
    { ...HOTEL, texts: ["好", "坏"] },
    { ...HOTEL, texts: ["大", "小"] },
  ]);
});

describe("what is ranked again", () => {
  test("is nothing before something was ranked", () => {
    expect(groupAgain([], 4, new Random(1))).toBeUndefined();
  });

  test("is the one group there is, and at some time in another order", () => {
    const texts = [..."甲乙丙丁"];
    const orders = Array.from(
      { length: 20 },
      (_, seed) => groupAgain([{ ...HOTEL, texts }], 4, new Random(seed))!.texts,
    );
    for (const order of orders) expect([...order].sort()).toEqual([...texts].sort());
    expect(new Set(orders.map(String)).size).toBeGreaterThan(5);
  });

  test("mixes the groups of one prompt, those first that were ranked least", () => {
    const rankings = [
      { ...HOTEL, texts: [..."甲乙"] },
      { ...HOTEL, texts: [..."丙丁"] },
      { ...HOTEL, texts: [..."甲丙"] },
      { ...FOOD, texts: [..."戊己"] },
      { ...FOOD, texts: [..."戊己"] },
    ];
    expect([...groupAgain(rankings, 2, new Random(1))!.texts].sort()).toEqual([..."乙丁"].sort());
    expect(groupAgain(rankings, 9, new Random(1))!.texts).toHaveLength(4);
  });
});
