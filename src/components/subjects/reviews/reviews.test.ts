import { expect, it } from "vitest";
import evaluation from "../../../../public/models/sentiment-zh/evaluation.json";
import config from "../../../../training/configs/sentiment-zh.json";
import {
  checkRlhfSettings,
  REVIEW_PROMPTS,
  RLHF_DEFAULTS,
  RLHF_RANGES,
} from "../../../engine/experiments/rlhf-settings.ts";
import { type StateOf, settingsFrom } from "../../kit/state/fields.ts";
import { fields } from "./fields.ts";
import { tableOf, timing } from "./metrics.ts";
import { CEILING } from "./models.ts";
import { foreignCategories, parsePrompts, printPrompts } from "./prompts.ts";

const initial = Object.fromEntries(Object.entries(fields).map(([key, { initial }]) => [key, initial]));
const { prompts: _, ...numbers } = initial as StateOf<typeof fields>;

it("every number that the engine takes can be set, and begins at its default", () => {
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(RLHF_RANGES)));
  expect(settingsFrom(RLHF_DEFAULTS, numbers)).toEqual(RLHF_DEFAULTS);
});

it.each(["min", "max"] as const)("all controls at their %s: the engine takes it", (end) => {
  const ends = Object.entries(fields).flatMap(([key, field]) => ("min" in field ? [[key, field[end]]] : []));
  checkRlhfSettings(settingsFrom(RLHF_DEFAULTS, Object.fromEntries(ends)));
});

it("the ceiling of the reward is what smoothed labels leave after the temperature", () => {
  const fitted = 1 - config.train.label_smoothing / 2;
  const most = 1 / (1 + ((1 - fitted) / fitted) ** (1 / evaluation.calibration.temperature));
  expect(CEILING).toBeCloseTo(most, 2);
});

it("prompts: what is printed is read again, and every bad line is named", () => {
  expect(parsePrompts(printPrompts(REVIEW_PROMPTS))).toEqual({ prompts: REVIEW_PROMPTS, notes: [] });
  const { prompts, notes, fault } = parsePrompts(
    ["酒店, 房间，很大", "外卖", "", "，没有类别", "🍎水果,好👍🏽", `书籍,${"长".repeat(17)}`, "[END],x"].join("\n"),
  );
  expect(prompts).toEqual([
    { category: "酒店", opening: "房间，很大" },
    { category: "外卖", opening: "" },
    { category: "🍎水果", opening: "好👍🏽" },
  ]);
  expect(notes).toEqual([
    { line: 4, reason: expect.stringContaining("要写类别") },
    { line: 6, reason: expect.stringContaining("开头有 17 个字") },
    { line: 7, reason: expect.stringContaining("[END] 是模型自己的记号") },
  ]);
  expect(fault).toBeUndefined();
  expect(foreignCategories(prompts)).toEqual(["🍎水果"]);
  expect(foreignCategories(REVIEW_PROMPTS)).toEqual([]);
  expect(parsePrompts(" \n，").fault).toContain("还没有能用的开头");
  const many = parsePrompts("酒店\n".repeat(66));
  expect([many.prompts.length, many.notes.map(({ line }) => line)]).toEqual([64, [65, 66]]);
});

it("says how long a run has taken and will take, from the rounds measured", () => {
  expect(timing([], 60)).toBeUndefined();
  expect(timing([{ seconds: 2 }, { seconds: 4 }], 60)).toEqual({ perRound: 3, done: 6, left: 174 });
});

it("a table has one row per round and no hole where nothing was learned", () => {
  const record = {
    iteration: 1,
    reward: 0.5,
    rewardDeviation: 0,
    kl: 0,
    entropy: 3,
    distinct2: null,
    length: 4,
    ended: 0,
    updateKl: null,
    clipFraction: null,
    explainedVariance: null,
    policyLoss: null,
    valueLoss: null,
    gradientNorm: null,
    learningRate: 0.1,
    epochs: 0,
    seconds: 1,
  };
  const { columns, rows } = tableOf([{ name: "a", records: [record] }]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toHaveLength(columns.length);
  expect(rows[0]?.[columns.indexOf("distinct-2")]).toBe("");
});
