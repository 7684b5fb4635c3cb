import type { ExerciseRow } from "./exercise-row.ts";
import type { Row } from "./row.ts";

export const toolsRows: readonly Row[] = [
  // Some sixty short texts are read in a moment.
  {
    page: "/xai/tools/",
    demo: "parity",
    settings: { row: "lime-own", sentence: 2 },
    result: "pairs",
    cancel: false,
    seeded: true,
    change: { choose: "房间又小又吵" },
    backends: {
      tolerance: 1e-2,
      because: "values are differences of log-odds, added up once more by a regression",
    },
  },
];

export const toolsExercises: readonly ExerciseRow[] = [
  {
    page: "/xai/tools/",
    exercise: "predict-luck",
    tries: [
      [[], "unusable", "比如 0.8"],
      [["0.8"], "unusable", "各抽各的"],
    ],
  },
  {
    page: "/xai/tools/",
    exercise: "self-attention",
    tries: [
      [[], "unusable", "概率"],
      [["66.7%"], "wrong", "取指数"],
      [["57.1%"], "right", "4/7"],
    ],
  },
  {
    page: "/xai/tools/",
    exercise: "two-steps",
    tries: [
      [["3"], "wrong", "梯度×输入"],
      [["0.9375"], "right", "中点"],
    ],
  },
  {
    page: "/xai/tools/",
    exercise: "exact-cost",
    tries: [
      [["1049"], "wrong", "除以 60"],
      [["17.5"], "right", "加一倍"],
    ],
  },
];
