import type { Row } from "./row.ts";

const page = "/introduction/attention/";

export const attentionRows: readonly Row[] = [
  // Its run reads one head, and is over at once; what the numbers are used for follows at every moment.
  {
    page,
    demo: "worksheet",
    result: "sheet",
    cancel: false,
    change: { fill: "一句话", with: "小狗跑了" },
  },
  {
    page,
    demo: "root-d",
    settings: { draws: 400 },
    run: [{ press: "start" }],
    result: "lines",
    cancel: "stop",
    seeded: true,
    steps: true,
    // It draws in the worker; no backend is asked.
    backends: false,
  },
  {
    page,
    demo: "mask",
    settings: { steps: 20, layers: 1 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    enough: /有掩码 [1-9]\d* 步，没有掩码 [1-9]\d* 步/,
    firstRecords: 2,
    steps: true,
    seeded: true,
    backends: {
      tolerance: 0.02,
      because: "twenty steps of AdamW, each of which goes on from the differences of those before",
    },
  },
];
