import { describe, expect, test } from "vitest";
import { openAnalysisFixture } from "../testing/analysis.ts";
import { headSpreads, headWeights } from "./attention.ts";
import { clearestRole, plays, ROLES, type Role, RoleMeter, type RoleText } from "./head-roles.ts";

const fixture = await openAnalysisFixture();

/** An attention of one head that gives all weight to one token each. */
const pointing = (targets: readonly number[]) => {
  const length = targets.length;
  const data = new Float32Array(length * length);
  for (const [query, key] of targets.entries()) data[query * length + key] = 1;
  return { shape: [1, length, length], data };
};

const even = (length: number) => ({
  shape: [1, length, length],
  data: new Float32Array(length * length).fill(1 / length),
});

describe("entropy and distance", () => {
  test("are NumPy's", () => {
    const { pattern, entropy, distance } = fixture.attention;
    const spreads = headSpreads({ shape: [2, 5, 5], data: Float32Array.from(pattern.flat(2)) });
    for (const [head, spread] of spreads.entries()) {
      expect(spread.entropy).toBeCloseTo(entropy[head]!, 5);
      expect(spread.distance).toBeCloseTo(distance[head]!, 5);
    }
  });

  test("of attention to one token, and to all alike", () => {
    expect(headSpreads(pointing([1, 2, 3, 3]))).toEqual([{ entropy: 0, distance: 3 / 4 }]);
    const [spread] = headSpreads(even(8));
    expect(spread!.entropy).toBeCloseTo(Math.log(8), 6);
  });
});

test("the weights of a head are a part of those of its layer", () => {
  const data = Float32Array.from({ length: 18 }, (_, i) => i);
  expect([...headWeights({ shape: [2, 3, 3], data }, 1)]).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17]);
});

describe("roles", () => {
  // 0     1    2    3     4      5    6    7     8
  // [CLS] 猫   坐   。   [SEP]   猫   睡   ，   [SEP]
  const text: RoleText = {
    tokens: ["[CLS]", "猫", "坐", "。", "[SEP]", "猫", "睡", "，", "[SEP]"],
    segments: [0, 0, 0, 0, 0, 1, 1, 1, 1],
  };

  test.each<[Role, number, number[]]>([
    ["previous", 1, [0]],
    ["next", 1, [2]],
    ["self", 1, [1]],
    ["cls", 5, [0]],
    ["sep", 5, [4, 8]],
    ["punctuation", 5, [3, 7]],
    ["other-segment", 5, [1, 2, 3]],
    ["other-segment", 1, [5, 6, 7]],
    ["same-character", 1, [5]],
    ["same-character", 2, []],
  ])("%s, seen from token %d, is %j", (role, query, keys) => {
    expect(text.tokens.flatMap((_, key) => (plays(role, text, query, key) ? [key] : []))).toEqual(keys);
  });

  const measured = (pattern: { readonly data: Float32Array }) => {
    const meter = new RoleMeter(1);
    meter.add(text, pattern);
    return meter.scores(0);
  };

  test("a head that always looks at the token before is just that", () => {
    const scores = measured(pointing([0, 0, 1, 2, 3, 4, 5, 6, 7]));
    expect(clearestRole(scores, 0.2)).toEqual({ role: "previous", share: 1, even: 1 / 9, score: 1, tokens: 4 });
    // Only 猫 (1) has [CLS], and only 猫 (5) has [SEP], before it.
    expect(scores.find(({ role }) => role === "cls")).toMatchObject({ share: 1 / 4, even: 1 / 9 });
    expect(scores.find(({ role }) => role === "next")!.score).toBeLessThan(0);
    // Asked only where the character stands elsewhere, too: the two cats.
    expect(scores.find(({ role }) => role === "same-character")).toMatchObject({ share: 0, tokens: 2 });
  });

  test("even attention scores 0 everywhere: no pattern", () => {
    const scores = measured(even(9));
    expect(scores.map(({ role }) => role)).toEqual([...ROLES]);
    for (const { score } of scores) expect(score).toBeCloseTo(0, 6);
    expect(clearestRole(scores, 0.2)).toBeNull();
  });

  test("a role that nothing can play is left out, and nothing at all gives no role", () => {
    const meter = new RoleMeter(1);
    meter.add({ tokens: ["[CLS]", "猫", "[SEP]"], segments: [0, 0, 0] }, even(3));
    const roles = meter.scores(0).map(({ role }) => role);
    expect(roles).toEqual(["previous", "next", "self", "cls", "sep"]);
    expect(new RoleMeter(1).scores(0)).toEqual([]);
    expect(clearestRole([], 0)).toBeNull();
  });
});
