import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS, validateSettings } from "../../../../engine/decoding/settings.ts";
import { cellText, csvOf } from "../../../figures/data-table.ts";
import { parseState } from "../../../kit/state/hash-state.ts";
import { decoders, engineSettings } from "./decoders.ts";
import { fields } from "./fields.ts";
import {
  type Assignment,
  account,
  columnsOf,
  describeOutcomes,
  glyphsOf,
  type Outcome,
  outcomeAt,
  startOutcome,
  stepsOf,
  turned,
} from "./outcome.ts";

const names = ["[END]", "，", "。", ..."床前明月光疑是地上霜举头望低思故乡"];
const id = (text: string) => names.indexOf(text);
const assignment: Assignment = {
  prompt: { form: "五绝", title: "静夜思", opening: "床前" },
  seed: 7,
  names,
  endIds: [0],
};
const initial = parseState("", "compare", fields);

function outcomeOf(text: string, ended: boolean): Outcome {
  const tokens = [...text].map((char) => ({ token: id(char), logProb: -1 }));
  const end = ended ? [{ token: 0, logProb: -0.5 }] : [];
  const decoder = decoders[0]!;
  const draft = { tokens: [...tokens, ...end], state: ended ? "finished" : "writing" } as const;
  return { ...startOutcome(decoder, decoder.describe(initial)), draft, seconds: 2 };
}

const whole = outcomeOf("明月光，疑是地上霜。举头望明月，低头思故乡。", true);

describe("the settings of the decoders", () => {
  test("are ones that the engine takes, at both ends of every control", () => {
    const ends = (end: "min" | "max") => ({
      numBeams: { min: 1, max: 16 }[end],
      lengthPenalty: { min: -10, max: 10 }[end],
      pureTemperature: { min: 0, max: 3 }[end],
      topK: { min: 1, max: fields.topK.max }[end],
      topP: { min: 0, max: 1 }[end],
      temperature: { min: 0, max: 3 }[end],
      combinedTopK: { min: 1, max: fields.topK.max }[end],
      combinedTopP: { min: 0, max: 1 }[end],
      repetitionPenalty: { min: 1, max: 3 }[end],
      noRepeatNgramSize: { min: 0, max: 5 }[end],
    });
    for (const reader of [initial, { ...initial, ...ends("min") }, { ...initial, ...ends("max") }]) {
      for (const decoder of decoders)
        expect(() => validateSettings(engineSettings(decoder, reader, 40, [0]))).not.toThrow();
    }
  });

  test("differ from greedy only in what the decoder is about", () => {
    const changes = decoders.map((decoder) => {
      const settings = engineSettings(decoder, initial, DEFAULT_SETTINGS.maxNewTokens, DEFAULT_SETTINGS.endIds);
      return Object.entries(settings)
        .filter(([key, value]) => key !== "seed" && value !== Reflect.get(DEFAULT_SETTINGS, key))
        .map(([key]) => key);
    });
    expect(changes).toEqual([
      [],
      ["numBeams"],
      ["doSample"],
      ["doSample", "topK"],
      ["doSample", "topP"],
      ["doSample", "temperature", "topK", "topP"],
    ]);
  });
});

describe("an outcome", () => {
  test("is set with the reader's characters first, and without the end token", () => {
    const glyphs = glyphsOf(whole, assignment);
    expect(glyphs.map(({ text }) => text).join("")).toBe("床前明月光，疑是地上霜。举头望明月，低头思故乡。");
    expect(glyphs.filter(({ logProb }) => logProb === null)).toHaveLength(2);
  });

  test("has the numbers of its tokens, the end token included", () => {
    expect(account(whole, assignment, null)).toMatchObject({
      logProb: -22.5,
      perToken: -22.5 / 23,
      rate: 11.5,
      measures: null,
    });
    expect(account(startOutcome(decoders[0]!, ""), assignment, null)).toMatchObject({
      logProb: 0,
      perToken: null,
      rate: null,
    });
  });

  test("has the measures of the poem as the reader sees it", () => {
    const finals = new Map([
      ["霜", "ang"],
      ["乡", "ang"],
    ]);
    // Knows everything.
    const lines = { has: (line: string) => line === "疑是地上霜", items: 1, falsePositiveRate: 0 };
    const { measures } = account(whole, assignment, { finals, lines });
    expect(measures).toMatchObject({
      form: true,
      rhyme: true,
      copied: ["疑是地上霜"],
      lineCount: 4,
      distinct2: 15 / 16,
    });
    expect(measures?.repeated).toBeCloseTo(3 / 20, 12);
    expect(account(outcomeOf("明月光，疑是", false), assignment, { finals, lines }).measures?.form).toBe(false);
  });
});

describe("the sentence about all outcomes", () => {
  test("names the likeliest and the least likely", () => {
    const other = { ...outcomeOf("明月光。", true), decoder: decoders[2]! };
    expect(describeOutcomes([other, whole], assignment)).toBe(
      "写完了：ln p 最高的是「纯采样」（−4.5），最低的是「贪心」（−22.5）。",
    );
  });

  test("says when they are all one", () => {
    expect(describeOutcomes([whole, { ...whole, decoder: decoders[1]! }], assignment)).toBe("六个解码器写的是同一首。");
  });
});

describe("the numbers of all", () => {
  const sheet = columnsOf(assignment);
  const outcomes = [whole, startOutcome(decoders[1]!, "束宽 5")].map((outcome) => ({
    ...outcome,
    ...account(outcome, assignment, null),
  }));

  test("are saved with a row for each outcome", () => {
    const { columns, rows } = csvOf(sheet, outcomes);
    expect(rows).toHaveLength(2);
    const cell = (name: string) => rows[0]?.[columns.indexOf(name)];
    expect(cell("诗")).toBe("床前明月光，疑是地上霜。举头望明月，低头思故乡。");
    expect(cell("ln p")).toBe(-22.5);
    expect(String(cell("各词元 ln p")).split(" ")).toHaveLength(23);
  });

  test("are shown with a column for each", () => {
    const { columns, rows } = turned(sheet, outcomes);
    expect(columns.map(({ head }) => head)).toEqual(["项目", "贪心", "束搜索"]);
    expect(rows.map((row) => columns.map((column) => cellText(column, row)))).toContainEqual([
      "每词元 ln p",
      "−0.98",
      "—",
    ]);
  });
});

describe("an outcome after some of its steps", () => {
  const row = (outcome: Outcome) => ({ ...outcome, ...account(outcome, assignment, null) });
  const textOf = (outcome: Outcome) =>
    glyphsOf(outcome, assignment)
      .map(({ text }) => text)
      .join("");

  test("of who writes along one text, is its beginning, and the whole at the end", () => {
    const poem = row(whole);
    const early = outcomeAt(poem, 3);
    expect(textOf(early)).toBe("床前明月光");
    expect(early).toMatchObject({ logProb: -3, perToken: -1, measures: null, draft: { state: "writing" } });
    expect(outcomeAt(poem, stepsOf(poem))).toBe(poem);
  });

  test("of a search, is what was best then", () => {
    const { draft: last } = whole;
    const { draft: other } = outcomeOf("霜", false);
    const found = row({ ...whole, drafts: [other, last] });
    expect(stepsOf(found)).toBe(2);
    expect(textOf(outcomeAt(found, 1))).toBe("床前霜");
    expect(outcomeAt(found, 2)).toBe(found);
  });
});
