import type { Row } from "./row.ts";

const page = "/chatgpt-rlhf/rlhf/";

export const rlhfRows: readonly Row[] = [
  {
    page,
    demo: "pairs",
    settings: { choices: "100121" },
    run: [{ press: "start" }],
    result: "scores",
    record: "text",
    cancel: "stop",
    steps: true,
    change: { choose: "转圈" },
    backends: false,
  },
  {
    page: `${page}workflow/`,
    demo: "workflow",
    settings: { part: "comparisons", groups: 4, length: 4, iterations: 1, batch: 2 },
    run: [{ press: "start" }],
    result: "run-reward",
    record: "text",
    cancel: "stop",
    seeded: true,
    // The runs behind it are those of 10.6, which have rows of their own.
    backends: false,
  },
  { page: `${page}ppo/`, demo: "leash", result: "leash", change: { fill: "标题", with: "春" } },
  {
    page: `${page}evaluation/`,
    demo: "goodhart",
    settings: { poems: 2, opening: "白日依山尽，黄河入海流。欲穷千里" },
    result: "measures",
    seeded: true,
  },
];
