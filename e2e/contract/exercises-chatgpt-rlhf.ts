import type { ExerciseRow } from "./exercise-row.ts";

/** Those of the chapters on ChatGPT and RLHF. */
export const chatgptRlhfExercises: readonly ExerciseRow[] = [
  {
    page: "/chatgpt-rlhf/chatgpt/instruction-tuning/",
    exercise: "mask",
    picks: true,
    tries: [
      [["8", "9", "10"], "wrong"],
      [["11"], "right"],
    ],
  },
  {
    page: "/chatgpt-rlhf/chatgpt/instruction-tuning/",
    exercise: "predict-forget",
    tries: [
      [["很少"], "unusable", "百分数"],
      [["50"], "unusable", "先放在这里"],
    ],
  },
  { page: "/chatgpt-rlhf/chatgpt/instruction-tuning/", exercise: "masked-loss", tries: [[["1.15"], "right"]] },
  {
    page: "/chatgpt-rlhf/chatgpt/core/",
    exercise: "stopping",
    tries: [
      [["不知道"], "unusable"],
      [["18", "50"], "wrong", "80 步以内"],
      [["18", "0.86%"], "right"],
    ],
  },
  ...Object.entries({
    chain: ["principle", "90%", "0.5625"],
    beta: ["ppo", "0.798", "3"],
    penalty: ["ppo", "1.069", "0.931"],
  }).map(
    ([exercise, [section = "", right = "", wrong = ""]]): ExerciseRow => ({
      page: `/chatgpt-rlhf/rlhf/${section}/`,
      exercise,
      tries: [
        [["不知道"], "unusable"],
        [[wrong], "wrong"],
        [[right], "right"],
      ],
    }),
  ),
  {
    page: "/chatgpt-rlhf/rlhf/evaluation/",
    exercise: "predict-best",
    tries: [
      [["0.3"], "unusable", "0.25"],
      [["0.25"], "unusable", "写诗"],
    ],
  },
  {
    page: "/chatgpt-rlhf/ppo-cartpole/",
    exercise: "predict-solved",
    tries: [
      [[], "unusable", "步数"],
      [["20000"], "unusable", "开始"],
    ],
  },
  {
    page: "/chatgpt-rlhf/ppo-cartpole/value/",
    exercise: "gae",
    tries: [
      [[], "unusable"],
      [["0.71"], "wrong"],
      [["0.4288"], "right"],
    ],
  },
  { page: "/chatgpt-rlhf/ppo-cartpole/ppo/", exercise: "clipping", picks: true, tries: [[["0", "4"], "right"]] },
  {
    page: "/chatgpt-rlhf/rlhf-gpt/",
    exercise: "predict-reward",
    tries: [
      [["5"], "unusable", "0 到 1"],
      [["0.6"], "unusable", "开始"],
    ],
  },
  { page: "/chatgpt-rlhf/rlhf-gpt/sentiment/", exercise: "price", tries: [[["0.05"], "right"]] },
  { page: "/chatgpt-rlhf/rlhf-gpt/", exercise: "best-of-two", tries: [[["0.6667"], "right"]] },
  { page: "/chatgpt-rlhf/rlhf-gpt/", exercise: "cost", tries: [[["480"], "right"]] },
  {
    page: "/chatgpt-rlhf/rlhf-gpt/ranking/",
    exercise: "held-out-pairs",
    tries: [
      [["20"], "wrong"],
      [["30"], "right"],
    ],
  },
];
