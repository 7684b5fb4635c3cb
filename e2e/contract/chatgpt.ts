import type { Row } from "./row.ts";

const chapter = "/chatgpt-rlhf/chatgpt/";
const core = `${chapter}core/`;
const tuning = `${chapter}instruction-tuning/`;
const limits = `${chapter}limits/`;

export const chatgptRows: readonly Row[] = [
  {
    page: chapter,
    demo: "side",
    // At the temperature that it has at first many seeds give the same answer.
    settings: { temperature: 1.5, tokens: 6 },
    result: "written",
    seeded: true,
    midway: { of: '[data-result="written"]', says: /\S/ },
  },
  {
    page: tuning,
    demo: "talk",
    settings: { said: "你好，我叫小雨。\n我叫什么？", temperature: 1.2 },
    result: "input",
    seeded: true,
  },
  { page: tuning, demo: "loss", result: "parts", change: { fill: "你的回答", with: "多穿衣服。" } },
  {
    page: core,
    demo: "measured",
    settings: { count: 3, tokens: 5, temperature: 1.5 },
    result: "summary",
    seeded: true,
    enough: /问了 [4-9] \/ 36 题/,
  },
  {
    page: limits,
    demo: "fence",
    settings: { count: 4 },
    result: "separation",
    change: { fill: "问几题：准确的值", with: "6" },
    enough: /问了 (?:[6-9]|[1-5]\d) \/ 72 题/,
  },
  { page: limits, demo: "own-side", result: "own", change: { fill: "你的问题", with: "三加五等于几？" } },
  { page: limits, demo: "weak", settings: { count: 1, temperature: 1.5 }, result: "groups", seeded: true },
  {
    page: core,
    demo: "wording",
    settings: { tokens: 2 },
    result: "wordings",
    change: { fill: "再加一种你的问法", with: "长城长吗" },
  },
  {
    page: tuning,
    demo: "forgets",
    settings: { names: 1 },
    result: "curve",
    change: { fill: "用几对名字：准确的值", with: "2" },
  },
];
