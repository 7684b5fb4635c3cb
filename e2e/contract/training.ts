import type { Row } from "./row.ts";

const page = "/introduction/training/";

export const trainingRows: readonly Row[] = [
  {
    page,
    demo: "bpe",
    result: "pieces",
    cancel: false,
    change: { fill: "再切一句没学过的", with: "葡萄" },
    // It counts pairs of the text; no backend is asked.
    backends: false,
  },
  {
    page,
    demo: "units",
    settings: { steps: 10, merges: 20 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    enough: /字节 [1-9]\d+ 步，字 [1-9]\d* 步，词 [1-9]\d* 步，WordPiece [1-9]\d* 步，BPE [1-9]\d* 步/,
    firstRecords: 2,
    steps: true,
    seeded: true,
    backends: {
      tolerance: 0.02,
      because: "ten steps of AdamW, each of which goes on from the differences of those before",
    },
  },
  {
    page,
    demo: "race",
    settings: { steps: 10 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    enough: /第 [1-9]\d+ \//,
    firstRecords: 2,
    steps: true,
    seeded: true,
    backends: {
      tolerance: 0.02,
      because: "ten steps of three optimisers, each of which goes on from the differences of those before",
    },
  },
];
