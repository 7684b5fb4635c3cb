import { describe, expect, test } from "vitest";
import { headName, roleLabel } from "./names.ts";
import { SURVEY_PAIRS, Survey, surveyCsv } from "./survey.ts";

const TEXT = { tokens: ["[CLS]", "猫", "坐", "[SEP]"], segments: [0, 0, 0, 0] };

/** Two heads: the first always looks at the token before (and [CLS] at itself), the second at all alike. */
const pattern = () => {
  const data = new Float32Array(32).fill(1 / 4);
  data.fill(0, 0, 16);
  for (let query = 0; query < 4; query++) data[4 * query + Math.max(0, query - 1)] = 1;
  return { shape: [2, 4, 4], data };
};

describe("survey", () => {
  const survey = new Survey(1, 2);
  survey.add(TEXT, [pattern()]);
  survey.add(TEXT, [pattern()]);
  const [sharp, even] = survey.facts();

  test("names what a head does, with its numbers", () => {
    expect(sharp).toMatchObject({ layer: 0, head: 0, entropy: 0, distance: 3 / 4 });
    expect(sharp!.clearest).toMatchObject({ role: "previous", share: 1, score: 1, tokens: 4 });
    expect(roleLabel(sharp!.clearest)).toBe("看前一个");
  });

  test("says of even attention that nothing can be seen", () => {
    expect(even!.entropy).toBeCloseTo(Math.log(4), 6);
    expect(even!.clearest).toBeNull();
    expect(roleLabel(even!.clearest)).toBe("看不出");
  });

  test("is saved with a line for each head and role", () => {
    const { columns, rows } = surveyCsv([sharp!, even!]);
    expect(rows).toHaveLength(sharp!.scores.length + even!.scores.length);
    expect(rows.every(({ length }) => length === columns.length)).toBe(true);
    expect(rows[0]!.slice(0, 5)).toEqual([1, 1, 0, 3 / 4, "前一个"]);
  });

  test("reads dozens of pairs", () => {
    expect(SURVEY_PAIRS.length).toBeGreaterThanOrEqual(50);
    for (const pair of SURVEY_PAIRS) expect(pair.every((text) => text.length > 0)).toBe(true);
  });
});

test("heads are counted from 1", () => {
  expect(headName(0, 3)).toBe("1·4");
});
