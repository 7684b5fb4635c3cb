import { expect, test } from "vitest";
import { inFillMask, mark, scoresOf } from "./exam.ts";

const vocabulary = ["椅", "垫", "猫", "狗", "水", "火"];
const blank = { kind: "常识", text: "猫坐在[MASK]子上。", answers: "椅垫凳" };

test("the likeliest right answer counts; answers that the vocabulary lacks do not", () => {
  const marked = mark(blank, Float32Array.of(0, 2, 3, 1, -1, -2), vocabulary);
  expect(marked).toEqual({ blank, best: ["猫", "垫", "狗", "椅", "水"], place: 1 });
  const none = mark({ ...blank, answers: "凳" }, Float32Array.of(0, 2, 3, 1, -1, -2), vocabulary);
  expect(none.place).toBe(Number.POSITIVE_INFINITY);
});

test("scores are kept by kind, and add up", () => {
  const marked = [0, 3, 9].map((place) => ({ blank, best: [], place }));
  const rows = scoresOf(
    [...marked, { blank: { ...blank, kind: "天气" }, best: [], place: 0 }],
    ["常识", "天气", "家里"],
  );
  expect(rows).toEqual([
    { name: "常识", score: { asked: 3, first: 1, five: 2 } },
    { name: "天气", score: { asked: 1, first: 1, five: 1 } },
    { name: "家里", score: { asked: 0, first: 0, five: 0 } },
    { name: "合计", score: { asked: 4, first: 2, five: 3 } },
  ]);
});

test("a sentence can be opened in the first demo", () => {
  expect(inFillMask(blank)).toEqual({ text: "猫坐在椅子上。", masks: "4" });
});
