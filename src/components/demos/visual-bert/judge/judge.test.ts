import { describe, expect, test } from "vitest";
import { softmax } from "../../../../engine/decoding/softmax.ts";
import type { BertConfig } from "../../../../engine/files/config.ts";
import { type Marked, marksOf } from "./marks.ts";
import { confidenceAt, oddsOfGood, probabilityAt, sideOf } from "./opinion.ts";
import type { Side } from "./sentences.ts";

const config: BertConfig = {
  architecture: "bert",
  vocabularySize: 10,
  contextLength: 8,
  segments: 2,
  width: 4,
  innerWidth: 8,
  layers: 1,
  heads: 1,
  activation: "gelu",
  epsilon: 1e-12,
  tiedHead: true,
  classNames: ["bad", "good"],
};

describe("an opinion", () => {
  test("is that of the softmax, wherever the file puts the class", () => {
    const classes = Float32Array.of(-0.5, 1.25);
    const odds = oddsOfGood({ config }, { classes });
    expect(odds).toBeCloseTo(1.75, 6);
    expect(probabilityAt(odds)).toBeCloseTo(softmax(classes)[1]!, 6);
    expect(oddsOfGood({ config: { ...config, classNames: ["good", "bad"] } }, { classes })).toBeCloseTo(-1.75, 6);
  });

  test("at a temperature is the softmax of the divided logits, and falls on the same side", () => {
    const logits = Float32Array.of(3, 0.4);
    const odds = oddsOfGood({ config }, { classes: logits });
    for (const temperature of [0.25, 1, 4]) {
      const [bad = 0, good] = softmax(logits.map((logit) => logit / temperature));
      expect(probabilityAt(odds, temperature)).toBeCloseTo(good!, 6);
      expect(confidenceAt(odds, temperature)).toBeCloseTo(bad, 6);
    }
    expect([sideOf(odds), sideOf(-odds)]).toEqual(["bad", "good"]);
    expect(probabilityAt(-1000)).toBe(0);
    expect(probabilityAt(1000)).toBe(1);
  });

  test("cannot be had from a model that has no such class", () => {
    const classes = Float32Array.of(1, 2);
    expect(() => oddsOfGood({ config: { ...config, classNames: [] } }, { classes })).toThrow("分不出好评和差评");
    expect(() => oddsOfGood({ config }, { classes: null })).toThrow("分不出好评和差评");
  });
});

describe("marks", () => {
  const marked = (kind: string, label: Side | null, odds: number): Marked => ({
    sentence: { kind, label, text: `${kind}${odds}` },
    odds,
  });
  const all = [marked("甲", "good", 2), marked("甲", "bad", 1), marked("乙", "bad", -3), marked("丙", null, 4)];

  test("count what is right by kind; what is neither has no right answer, and does not go into the sum", () => {
    const rows = marksOf(all, ["甲", "乙", "丙"], 1);
    expect(rows.map(({ name, asked, right }) => [name, asked, right])).toEqual([
      ["甲", 2, 1],
      ["乙", 1, 1],
      ["丙", 1, null],
      ["合计", 3, 2],
    ]);
    expect(rows[0]!.confidence).toBeCloseTo((probabilityAt(2) + probabilityAt(1)) / 2, 9);
    expect(rows[3]!.confidence).toBeCloseTo((probabilityAt(2) + probabilityAt(1) + probabilityAt(3)) / 3, 9);
  });

  test("a temperature changes how sure it is, and nothing else", () => {
    const [cold, hot] = [marksOf(all, ["甲"], 0.5), marksOf(all, ["甲"], 5)];
    expect(cold.map(({ right }) => right)).toEqual(hot.map(({ right }) => right));
    expect(cold[0]!.confidence!).toBeGreaterThan(hot[0]!.confidence!);
  });

  test("nothing is claimed before anything was asked", () => {
    expect(marksOf([], ["甲"], 1)).toEqual([
      { name: "甲", asked: 0, right: 0, confidence: null },
      { name: "合计", asked: 0, right: 0, confidence: null },
    ]);
  });
});
