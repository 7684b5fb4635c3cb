import type { Row } from "./row.ts";

const page = "/xai/attribution/";

export const attributionRows: readonly Row[] = [
  {
    page,
    demo: "six",
    settings: { text: "不好吃", steps: 4, samples: 16, rank: "spearman", method: "lime" },
    result: "maps",
    midway: /读到第 \d+ 句/,
    seeded: true,
    change: { fill: "一句话", with: "很好吃" },
    backends: {
      tolerance: 1e-2,
      because: "values are differences of log-odds, gradients are divided and added up once more",
    },
  },
  {
    page,
    demo: "cascade",
    settings: { text: "不好", method: "occlusion" },
    result: "maps",
    midway: /解释了 \d+/,
    change: { fill: "一句话", with: "很好" },
    seeded: true,
    backends: {
      tolerance: 1e-2,
      because: "values of a model that has forgotten everything are small differences of numbers that are alike",
    },
  },
];
