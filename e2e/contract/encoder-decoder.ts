import type { Row } from "./row.ts";

const page = "/introduction/encoder-decoder/";
const adamW = "steps of AdamW, each of which goes on from the differences of those before";

export const encoderDecoderRows: readonly Row[] = [
  {
    page,
    demo: "translators",
    settings: { steps: 20, digits: 3, width: 8, batch: 8 },
    run: [{ press: "start" }],
    result: "curves",
    cancel: "stop",
    // Their first steps have been recorded by then.
    enough: /LSTM [1-9]\d+ 步，LSTM 加注意力 [1-9]\d* 步，Transformer [1-9]\d* 步/,
    firstRecords: 2,
    steps: true,
    seeded: true,
    backends: { tolerance: 0.02, because: `twenty ${adamW}` },
  },
  {
    page,
    demo: "states",
    settings: { steps: 10, source: "305", model: "lstm" },
    result: "states",
    change: { fill: "原文", with: "41" },
    backends: { tolerance: 0.02, because: `ten ${adamW}` },
  },
  {
    page,
    demo: "what-if",
    settings: { steps: 10, source: "305", act: "without" },
    result: "texts",
    change: { fill: "原文", with: "41" },
    backends: { tolerance: 0.02, because: `ten ${adamW}` },
  },
];
