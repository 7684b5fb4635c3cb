import { FORWARD, type Row } from "./row.ts";

const page = "/gpt-bert/decoding/";
/** Most of a 五绝, so that little is left to write. */
const nearlyWritten = { form: "五绝", opening: "春风吹柳絮，春色满花枝。不是" };

export const decodingRows: readonly Row[] = [
  {
    page,
    demo: "step",
    settings: { opening: "山中", path: "明月", topK: 5 },
    result: "distribution",
    show: [{ press: "decide" }, { press: "decide" }, { press: "back" }],
  },
  {
    page,
    demo: "beam-tree",
    settings: { opening: "山中", numBeams: 3, maxNewTokens: 6 },
    result: "nbest",
    show: [{ click: '[role="treeitem"]:nth-of-type(6)' }],
  },
  {
    page,
    demo: "temperature",
    // Two batches for each value: 32 poems and 1.
    settings: { ...nearlyWritten, values: 2, poems: 33 },
    result: "table",
    midway: /写了 32 \/ 66 首/,
    seeded: true,
    backends: {
      ...FORWARD,
      records: 1,
      because:
        "at the highest temperature all tokens are nearly as likely: among so many bounds a rounding moves some draw over one",
    },
  },
  {
    page,
    demo: "compare",
    settings: nearlyWritten,
    result: "table",
    clocks: ["词元/秒"],
    midway: { of: '[data-decoder="greedy"] [data-result="poem"]', says: /不是./ },
    seeded: true,
    show: [{ choose: "在字上标出概率（%）" }],
  },
];
