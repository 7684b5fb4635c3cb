import { beforeAll, expect, test } from "vitest";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { initial } from "../../../kit/state/hash-state.ts";
import { fields } from "./fields.ts";
import { linesOf, looksOf, MODELS, type Role, readBoth, type TwoSides } from "./two-sides.ts";

const { text, other } = initial(fields);
let context: WorkContext<Role>;
let read: TwoSides;

beforeAll(async () => {
  const engine = await openNodeEngine("public/models");
  const [gpt, bert] = [await engine.load(MODELS.gpt), await engine.load(MODELS.bert)];
  context = { engine, gpt, bert, signal: new AbortController().signal };
  read = await readBoth(context, text, other);
});

test("a place is the same character for both", () => {
  const { gpt, bert } = read.sides;
  expect(gpt.tokens.slice(1).join("")).toBe(text);
  expect(bert.tokens.slice(1, -1)).toEqual(gpt.tokens.slice(1));
  expect(read.alike).toBe(true);
  for (const { changed, tokens } of [gpt, bert]) expect(changed.map((place) => tokens[place])).toEqual(["桌"]);
});

test("GPT never looks to the right, BERT does; all shares together are one", () => {
  for (const { model, left, self, right } of linesOf(read)) {
    expect(left + self + right).toBeCloseTo(1, 4);
    if (model === MODELS.gpt) expect(right).toBe(0);
  }
  const { bert } = read.sides;
  expect(looksOf(bert, 1, 1).right).toBeGreaterThan(0);
  const each = [1, 2, 3, 4].map((head) => looksOf(bert, 1, 1, head).right);
  expect(each.reduce((sum, right) => sum + right, 0) / each.length).toBeCloseTo(looksOf(bert, 1, 1).right, 6);
  expect(new Set(each).size).toBe(4);
});

test("a changed character changes nothing before it in a GPT, and everything in a BERT", () => {
  const [place] = read.sides.gpt.changed;
  const last = (model: string) => linesOf(read).filter((line) => line.model === model && line.layer === 6);
  for (const line of last(MODELS.gpt)) {
    if (line.place - 1 < place!) expect(line.change).toBe(0);
    else expect(line.change).toBeGreaterThan(0);
  }
  for (const line of last(MODELS.bert)) expect(line.change).toBeGreaterThan(0);
});

test("two sentences of unequal length, and two that are one, are refused", async () => {
  const refused = (detail: string) =>
    expect.objectContaining({ code: "bad-input", detail: expect.stringContaining(detail) });
  await expect(readBoth(context, "我爱猫", "我爱小猫")).rejects.toThrow(refused("一样长"));
  await expect(readBoth(context, "我爱猫", "我爱猫")).rejects.toThrow(refused("没有可比的"));
});
