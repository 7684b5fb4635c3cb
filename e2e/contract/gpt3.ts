import type { Row } from "./row.ts";

const page = "/gpt-bert/gpt3/";

export const gpt3Rows: readonly Row[] = [
  // It follows its settings at every moment; its run counts what is in the files.
  { page, demo: "calculator", result: "sizes" },
  {
    page: `${page}scaling-law/`,
    demo: "scaling-law",
    result: "losses",
    midway: /scale-\d+k 读完了/,
    change: { fill: "你的文字", with: "今天下午，我和朋友去公园散步。" },
  },
  {
    page: `${page}induction/`,
    demo: "induction",
    settings: { steps: 50, heads: 2, batch: 4 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    // Both have been measured twice by then, before any training and behind some steps of it.
    enough: /两层 [1-9]\d* 步，一层 [1-9]\d* 步/,
    firstRecords: 2,
    steps: true,
    seeded: true,
    backends: {
      tolerance: 0.02,
      because: "fifty steps of AdamW, each of which goes on from the differences of those before",
    },
  },
  {
    page: `${page}few-shot/`,
    demo: "few-shot",
    settings: { items: 1 },
    result: "scores",
    enough: /问到抄例子，2 个例子/,
    firstRecords: 2,
    seeded: true,
    backends: { tolerance: 1e-3, enough: /问到(抄例子，[248]|反义词)/ },
  },
];
