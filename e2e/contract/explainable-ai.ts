import type { Row } from "./row.ts";

const page = "/xai/explainable-ai/";

export const explainableAiRows: readonly Row[] = [
  {
    page,
    demo: "who",
    settings: { text: "不好吃", steps: 4, samples: 16, place: 1, finder: "occlusion" },
    result: "maps",
    midway: /读到第 \d+ 句/,
    seeded: true,
    change: { fill: "一句话", with: "很好吃" },
    backends: {
      tolerance: 1e-2,
      because: "values are differences of log-odds, gradients are divided and added up once more",
    },
  },
];
