import type { Row } from "./row.ts";

const page = "/chatgpt-rlhf/ppo-cartpole/";

export const cartPoleRows: readonly Row[] = [
  // Drawn from the beginning: its button only leads back to r = 1.
  {
    page: `${page}ppo/`,
    demo: "clip",
    settings: { advantage: -2, clipRange: 0.5 },
    result: "clip",
    cancel: false,
    backends: false,
  },
  { page: `${page}value/`, demo: "gae", settings: { lambda: 0.5 }, result: "gae-table", seeded: true },
  {
    page,
    demo: "play",
    settings: { speed: 1 },
    // Nothing moves before the first push; then always to the right, and the pole falls to the left.
    run: [{ press: "run" }, { key: "ArrowRight" }],
    result: "steps",
    record: "text",
    backends: false,
  },
  {
    page,
    demo: "train",
    settings: { steps: 2048, environments: 8, horizon: 32, epochs: 4, minibatch: 128, width: 16 },
    run: [{ press: "start" }],
    result: "evaluation",
    cancel: "stop",
    enough: /[1-9]\d{3} \/ 15/,
    steps: true,
    seeded: true,
  },
  {
    page: `${page}hyperparameters/`,
    demo: "compare",
    settings: { steps: 1024 },
    run: [{ press: "start" }],
    result: "means",
    cancel: "stop",
    enough: /[1-9]\d{3} 步，乙.*[1-9]\d{3} 步/,
    firstRecords: 2,
    steps: true,
    seeded: true,
  },
];
