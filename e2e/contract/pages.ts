import type { Row } from "./row.ts";

/** The demos of the pages that are no chapters. */
export const pageRows: readonly Row[] = [
  // Each further press writes another poem: the link is what brings one back, and there is nothing else to reset.
  {
    page: "/",
    demo: "opening",
    settings: { start: "山中" },
    result: "candidates",
    reset: false,
    change: { fill: "开头", with: "江" },
  },
  ...[
    "gpt-zh",
    "gpt-zh-chat",
    "gpt-review",
    "gpt-poem",
    ...["90k", "140k", "300k", "600k", "950k"].map((size) => `scale-${size}`),
  ].map(
    (model): Row => ({
      page: "/models/",
      demo: `write-${model}`,
      // So warm that two seeds hardly meet.
      settings: { tokens: 12, temperature: 2 },
      result: "text",
      // The first token that the model has written: it alone has a probability.
      midway: { of: '[data-result="text"] li:last-child .sr-only', says: /概率/ },
      seeded: true,
    }),
  ),
  {
    page: "/models/",
    demo: "fill-bert-zh",
    settings: { sentence: "今天[MASK]气很[MASK]。" },
    result: "guesses",
    change: { fill: "一句话", with: "今天[MASK]了。" },
  },
  { page: "/models/", demo: "pair-bert-zh", result: "verdict", change: { fill: "第二句", with: "我们去公园。" } },
  { page: "/models/", demo: "classify-sentiment-zh", result: "classes", change: { fill: "一段话", with: "太差了。" } },
  { page: "/models/", demo: "classify-planted", result: "classes", change: { fill: "一段话", with: "太差了呢。" } },
  {
    page: "/your-model/",
    demo: "your-model",
    settings: {
      from: "address",
      address: `http://127.0.0.1:${process.env.E2E_PORT}/models/gpt-poem/`,
      prompt: "[五绝][诗]",
      tokens: 8,
    },
    before: [
      { press: "run", until: '[data-result="report"]' },
      { press: "run", until: '[data-action="run"]:has-text("接着写")' },
    ],
    result: "text",
    record: "text",
  },
];
