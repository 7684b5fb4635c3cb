import type { Row } from "./row.ts";

const page = "/chatgpt-rlhf/rlhf/";

export const rlhfRows: readonly Row[] = [
  // Drawn from the beginning: its button only leads back to r = 1.
  { page, demo: "clip", settings: { advantage: -2, clipRange: 0.5 }, result: "clip", cancel: false, backends: false },
  { page, demo: "gae", settings: { lambda: 0.5 }, result: "gae-table", seeded: true },
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
    page,
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
  { page, demo: "leash", result: "leash", change: { fill: "标题", with: "春" } },
  {
    page,
    demo: "goodhart",
    settings: { poems: 2, opening: "白日依山尽，黄河入海流。欲穷千里" },
    result: "measures",
    seeded: true,
  },
];
