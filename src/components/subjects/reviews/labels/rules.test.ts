import { expect, test } from "vitest";
import { rankBy } from "./rules.ts";

const group = { category: "酒店", opening: "", texts: ["一般般", "好", "太差了"] };
const SENTIMENTS = [0.5, 0.9, 0.1];

test("each rule has its own order; ties are left out", () => {
  expect(rankBy("good", group, SENTIMENTS)).toEqual(["好", "一般般", "太差了"]);
  expect(rankBy("bad", group, SENTIMENTS)).toEqual(["太差了", "一般般", "好"]);
  expect(rankBy("short", group, [])).toEqual(["好", "一般般"]);
});

test("what a rule cannot tell apart has no order", () => {
  expect(rankBy("short", { ...group, texts: ["好👍", "坏👎"] }, [])).toBeUndefined();
});
