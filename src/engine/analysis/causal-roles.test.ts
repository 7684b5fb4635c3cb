import { describe, expect, test } from "vitest";
import { openModel } from "../node.ts";
import { Random } from "../random.ts";
import {
  CAUSAL_ROLES,
  type CausalRole,
  causalRoleShares,
  clearestCausalRole,
  evenCausal,
  meanRoleShares,
  playsCausal,
  type RoleShares,
  repeatedTokens,
} from "./causal-roles.ts";

//           0  1  2  3  4  5  6
const IDS = [0, 7, 8, 9, 7, 8, 7];

test.each<[CausalRole, number, number[]]>([
  ["previous", 3, [2]],
  ["previous", 0, []],
  ["self", 3, [3]],
  ["first", 3, [0]],
  ["first", 0, []],
  ["duplicate", 6, [1, 4]],
  ["duplicate", 3, []],
  ["induction", 4, [2]],
  ["induction", 5, [3]],
  ["induction", 6, [2, 5]],
  ["induction", 3, []],
])("%s, seen from token %d, is %j", (role, query, keys) => {
  expect(IDS.flatMap((_, key) => (key <= query && playsCausal(role, IDS, query, key) ? [key] : []))).toEqual(keys);
});

/** Heads of which each gives all weight to one token each. */
const pointing = (...heads: readonly (readonly number[])[]) => {
  const data = new Float32Array(heads.length * IDS.length ** 2);
  for (const [head, targets] of heads.entries()) {
    for (const [query, key] of targets.entries()) data[(head * IDS.length + query) * IDS.length + key] = 1;
  }
  return { shape: [heads.length, IDS.length, IDS.length], data };
};

describe("shares", () => {
  test("of heads that do one thing only, each asked where there is such a thing", () => {
    const [previous, induction] = causalRoleShares(IDS, pointing([0, 0, 1, 2, 3, 4, 5], [0, 0, 0, 0, 2, 3, 5]));
    expect(previous).toMatchObject({ previous: 1, self: 1 / 7, duplicate: 0 });
    // Of six that have something before them, only token 1 finds the first token there; token 6 finds what followed the 7.
    expect(previous).toMatchObject({ first: 1 / 6, induction: 1 / 3 });
    expect(induction).toMatchObject({ induction: 1, previous: 2 / 6 });
    expect(clearestCausalRole(induction!, 0.3)).toBe("induction");
  });

  test("of even attention are those of chance, and none is clear", () => {
    const { shape, data } = evenCausal(4);
    expect(shape).toEqual([1, 4, 4]);
    expect([...data.subarray(4, 8)]).toEqual([0.5, 0.5, 0, 0]);
    const [even] = causalRoleShares([1, 2, 3, 4], evenCausal(4));
    expect(even!.previous).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 4) / 3, 6);
    expect(even!.self).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 6);
    expect(even).toMatchObject({ duplicate: null, induction: null });
    expect(clearestCausalRole(even!, 0.6)).toBeNull();
  });
});

test("random tokens come back in the same order, each once a round", () => {
  const wanted = { from: 10, to: 40, length: 25, times: 4 };
  const ids = repeatedTokens(new Random(3), wanted);
  expect(ids).toHaveLength(100);
  expect(new Set(ids).size).toBe(25);
  expect(ids.every((id) => id >= 10 && id < 40)).toBe(true);
  expect(ids.slice(25)).toEqual(ids.slice(0, 75));
  expect(repeatedTokens(new Random(3), wanted)).toEqual(ids);
  expect(repeatedTokens(new Random(4), wanted)).not.toEqual(ids);
  expect(() => repeatedTokens(new Random(3), { ...wanted, to: 34 })).toThrow(/只有 24 个/);
});

test("gpt-zh has heads that look one back, and, above them, heads that do induction", async () => {
  const model = await openModel("public/models/gpt-zh");
  if (model.architecture !== "gpt2") throw new Error("gpt-zh is a GPT-2.");
  const texts = [1, 2, 3].map((seed) => [
    0,
    ...repeatedTokens(new Random(seed), { from: 56, to: 2000, length: 25, times: 4 }),
  ]);
  const shares: RoleShares[][][] = [];
  for (const ids of texts) {
    const { traces } = await model.forward(ids, { trace: ["blocks.*.attn.pattern"] });
    shares.push([...traces.values()].map((pattern) => causalRoleShares(ids, pattern)));
  }
  const means = shares[0]!.map((heads, layer) =>
    heads.map((_, head) => meanRoleShares(shares.map((layers) => layers[layer]![head]!))),
  );
  const layersOf = (role: CausalRole): number[] =>
    means.flatMap((heads, layer) => (heads.some((own) => clearestCausalRole(own, 0.3) === role) ? [layer] : []));
  const [ids = []] = texts;
  const [even] = causalRoleShares(ids, evenCausal(ids.length));
  for (const role of CAUSAL_ROLES) expect(even![role]).toBeLessThan(0.06);
  expect(layersOf("induction").length).toBeGreaterThan(0);
  expect(Math.min(...layersOf("previous"))).toBeLessThan(Math.min(...layersOf("induction")));
  model.dispose();
});
