import { beforeAll, describe, expect, test } from "vitest";
import { partsFromTop } from "../../../engine/models/bert-randomized.ts";
import { openNodeEngine } from "../../../engine/node-engine.ts";
import { sum } from "../../../engine/statistics.ts";
import type { WorkContext } from "../../kit/figure/types.ts";
import { type Explained, explain, type Settings, valuesOf } from "../../subjects/attribution/explain.ts";
import { METHODS } from "../../subjects/attribution/methods.ts";
import { MODEL } from "./model.ts";
import { agreementOf, linesOf, tellRight, tellVerdict } from "./six/compare.ts";
import { PARTS } from "./six/fields.ts";

const SETTINGS: Settings = { text: "不好吃", baseline: "mask", steps: 16, samples: 20, randomized: 0, seed: 1 };

let context: WorkContext;
beforeAll(async () => {
  const engine = await openNodeEngine("public/models");
  context = { engine, model: await engine.load(MODEL), signal: new AbortController().signal };
});

async function explained(changes: Partial<Settings> = {}): Promise<Explained> {
  const parts = await Array.fromAsync(explain(context, { ...SETTINGS, ...changes }));
  return parts.at(-1)!;
}

describe("a short sentence", () => {
  let whole: Explained;
  beforeAll(async () => {
    whole = await explained();
  });

  test("is explained by six methods, token by token; exact values share out the whole difference", () => {
    expect(whole.tokens).toEqual(["不", "好", "吃"]);
    expect(whole.methods.map(({ method }) => method)).toEqual(METHODS);
    expect(sum(valuesOf(whole, "shapley")!)).toBeCloseTo(whole.full - whole.empty, 4);
    // Six coalitions are as good as all: KernelSHAP is exact then.
    expect(agreementOf(whole, "kernel", "shapley", "kendall")).toBe(1);
    expect(whole.at.reads).toBe(8);
  });

  test("is told with its verdict and with who is right", () => {
    expect(tellVerdict(whole)).toMatch(/^判成差评。好评的对数几率是 −\d/);
    expect(tellRight(whole, "kendall")).toMatch(/^和真值的次序最像的是.*KernelSHAP（1\.00）/);
    const lines = linesOf(whole, "spearman");
    expect(lines.at(-1)!.agreement).toBeNull();
  });
});

test("one token is all there is to explain, characters that are not known are named, thirteen have no exact values", async () => {
  const one = await explained({ text: "好" });
  expect(valuesOf(one, "occlusion")![0]).toBeCloseTo(one.full - one.empty, 5);
  expect(tellRight(one, "kendall")).toBeUndefined();

  const unknown = await explained({ text: "😀好" });
  expect(unknown.tokens[0]).toBe("😀");
  expect(tellVerdict(unknown)).toContain("词表里没有「😀」");

  const long = await explained({ text: "菜很新鲜可是上得太慢等很久", samples: 40, steps: 2 });
  expect(long.tokens).toHaveLength(13);
  expect(valuesOf(long, "shapley")).toBeUndefined();
  expect(tellRight(long, "kendall")).toContain("没有真值");
});

test("all parts that the model has can be randomized", () => {
  const { config } = context.model;
  expect(partsFromTop(config)).toHaveLength(PARTS);
});
