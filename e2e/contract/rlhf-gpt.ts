import type { Row } from "./row.ts";

const page = "/chatgpt-rlhf/rlhf-gpt/";
const prompts = "酒店，房间\n外卖，";
/** Rounds as short as they can be. */
const round = { iterations: 2, batch: 4, minibatch: 4, length: 3, epochs: 1, blocks: 1, prompts: "酒店，房间" };
const ofWriter = Object.fromEntries(Object.entries(round).map(([key, value]) => [`writer.${key}`, value]));
/** A reward model that a rule has taught, for the demos that need one. */
const reward = { labeller: "good", groups: 4, length: 6, steps: 10 };
const ofReward = Object.fromEntries(Object.entries(reward).map(([key, value]) => [`reward.${key}`, value]));

export const rlhfGptRows: readonly Row[] = [
  {
    page,
    demo: "writer",
    settings: round,
    run: [{ press: "start" }],
    result: "samples",
    cancel: "stop",
    enough: /第 [2-9] \/ 60 轮/,
    steps: true,
    seeded: true,
  },
  {
    page,
    demo: "tokens",
    settings: ofWriter,
    before: [
      // Of a training that it has begun itself, which another start would go on with.
      { press: "stop", of: '[data-demo="writer"]' },
      { press: "start", of: '[data-demo="writer"]', until: '[data-demo="writer"][data-state="done"]' },
    ],
    run: [{ press: "look" }],
    result: "account",
    cancel: false,
    link: false,
    reset: false,
  },
  {
    page,
    demo: "best-of-n",
    settings: { reviews: 2, "writer.length": 3, "writer.prompts": "酒店，房间" },
    run: [{ press: "start" }],
    result: "curve",
    cancel: "stop",
    steps: true,
    seeded: true,
  },
  {
    page: `${page}reward-hacking/`,
    demo: "hacking",
    settings: { iterations: 1, batch: 4, length: 4 },
    run: [{ press: "start" }],
    result: "samples",
    cancel: "stop",
    enough: /甲（β 0\.03） [2-9] \/ 20 轮，乙（β 0） [2-9] \//,
    firstRecords: 2,
    seeded: true,
  },
  {
    page: `${page}stars/`,
    demo: "stars",
    settings: { batch: 2, length: 4, prompts },
    run: [{ press: "begin" }],
    result: "draft",
    picture: false,
    cancel: false,
    seeded: true,
  },
  {
    page: `${page}ranking/`,
    demo: "rank",
    settings: { size: 3, groups: 1, length: 8, prompts: "酒店，房间" },
    run: [{ press: "write" }],
    result: "order",
    picture: false,
    cancel: "stop",
    seeded: true,
  },
  {
    page: `${page}ranking/`,
    demo: "reward",
    settings: reward,
    run: [{ press: "start" }],
    result: "accuracy",
    cancel: "stop",
    seeded: true,
  },
  {
    page: `${page}ranking/`,
    demo: "own",
    settings: { ...ofReward, iterations: 1, batch: 2, length: 4 },
    before: [{ press: "start", of: '[data-demo="reward"]', until: '[data-demo="reward"][data-state="done"]' }],
    run: [{ press: "start" }],
    result: "examination",
    cancel: "stop",
    enough: /正在训练：[2-9] \/ 30 轮/,
    seeded: true,
    // It learns from a reward model that the reader has trained: no link brings that.
    link: false,
  },
];
