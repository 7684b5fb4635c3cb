import { expect, it } from "vitest";
import { tellMissed } from "./missed-guess.ts";

const WEEK = { text: "一个星期有[MASK]天。", answers: "七", best: ["一", "几", "两"], place: null };

it("says what was guessed, and where the answer stands", () => {
  expect(tellMissed([WEEK], WEEK.text)).toBe("「一个星期有▢天」，它最先猜的是「一」「几」「两」，没有「七」");
  expect(tellMissed([{ ...WEEK, place: 3, answers: "两七" }], WEEK.text)).toContain("「两」或「七」只排第 3");
});

it("refuses an example that is none", () => {
  expect(() => tellMissed([{ ...WEEK, place: 1 }], WEEK.text)).toThrow("gets it right");
  expect(() => tellMissed([WEEK], "猫坐在[MASK]子上。")).toThrow("not among");
});
