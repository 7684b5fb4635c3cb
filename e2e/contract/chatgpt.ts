import type { Row } from "./row.ts";

const page = "/chatgpt-rlhf/chatgpt/";

export const chatgptRows: readonly Row[] = [
  {
    page,
    demo: "side",
    // The answer to the question that stands there at first is the same with many seeds.
    settings: { question: "怎样才能不感冒？", tokens: 6 },
    result: "written",
    seeded: true,
    midway: { of: '[data-result="written"]', says: /\S/ },
  },
  { page, demo: "loss", result: "parts", change: { fill: "你的回答", with: "多穿衣服。" } },
  {
    page,
    demo: "measured",
    settings: { count: 3, tokens: 5 },
    result: "summary",
    seeded: true,
    enough: /问了 [4-9] \/ 36 题/,
  },
  { page, demo: "weak", settings: { count: 1 }, result: "groups", seeded: true },
  {
    page,
    demo: "wording",
    settings: { tokens: 2 },
    result: "wordings",
    change: { fill: "再加一种你的问法", with: "长城长吗" },
  },
  {
    page,
    demo: "forgets",
    settings: { names: 1 },
    result: "curve",
    change: { fill: "用几对名字：准确的值", with: "2" },
  },
];
