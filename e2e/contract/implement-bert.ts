import type { Row } from "./row.ts";

export const implementBertRows: readonly Row[] = [
  {
    page: "/gpt-bert/implement-bert/",
    demo: "bert",
    settings: { layer: 6 },
    result: "tokens",
    // Its own table says how many rows moved; the numbers themselves are in those of its stations.
    record: { of: '[data-station="block-output"]' },
    show: ["ids", "embeddings", "pattern", "feed-forward", "stack", "pooler", "masked-lm", "parameters"].map(
      (station) => ({
        wake: `[data-station="${station}"]`,
      }),
    ),
    part: "main",
  },
];
