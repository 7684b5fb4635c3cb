import type { Row } from "./row.ts";

const page = "/introduction/encoder-decoder/";
const AdamW = "steps of AdamW, each of which goes on from the differences of those before";

export const encoderDecoderRows: readonly Row[] = [
  {
    page,
    demo: "translators",
    settings: { steps: 20, digits: 3, width: 8, batch: 8 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    // Their first steps have been recorded by then.
    enough: /LSTM [1-9]\d* 步，LSTM 加注意力 [1-9]\d* 步，Transformer [1-9]\d* 步/,
    firstRecords: 1,
    steps: true,
    seeded: true,
    backends: { tolerance: 0.02, because: `twenty ${AdamW}` },
  },
  {
    page,
    demo: "states",
    settings: { steps: 10, source: "305", model: "lstm" },
    result: "states",
    midway: /小模型：[1-9]/,
    change: { fill: "原文", with: "41" },
    backends: { tolerance: 0.02, because: `ten ${AdamW}` },
  },
  {
    page,
    demo: "what-if",
    settings: { steps: 10, source: "305", act: "without" },
    result: "texts",
    midway: /小模型：[1-9]/,
    change: { fill: "原文", with: "41" },
    backends: { tolerance: 0.02, because: `ten ${AdamW}` },
  },
];
