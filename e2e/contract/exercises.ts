import type { ExerciseRow } from "./exercise-row.ts";
import { chatgptRlhfExercises } from "./exercises-chatgpt-rlhf.ts";
import { toolsExercises } from "./tools.ts";

/** The exercises that are answered with numbers or with a choice. */
export const exercises: readonly ExerciseRow[] = [
  {
    page: "/introduction/encoder-decoder/",
    exercise: "predict-longest",
    tries: [
      [[], "unusable", "百分数"],
      [["50%"], "unusable", "点「开始」"],
    ],
  },
  {
    page: "/introduction/encoder-decoder/",
    exercise: "handed-over",
    tries: [
      [[], "unusable", "整数"],
      [["576"], "wrong", "注意力"],
      [["128"], "right", "细胞状态"],
    ],
  },
  {
    page: "/introduction/training/",
    exercise: "predict-bytes",
    tries: [
      [[], "unusable", "几比特"],
      [["1"], "unusable", "点「开始」"],
    ],
  },
  {
    page: "/introduction/training/",
    exercise: "per-character",
    tries: [
      [[], "unusable"],
      [["2"], "wrong", "ln 2"],
      [["2.89"], "right", "比特"],
    ],
  },
  {
    page: "/gpt-bert/llm-intro/",
    exercise: "device-speed",
    tries: [
      [[], "unusable", "整数"],
      [["10"], "unusable", "量一量"],
    ],
  },
  {
    page: "/gpt-bert/llm-intro/",
    exercise: "operations",
    tries: [
      [[], "unusable"],
      [["52"], "wrong", "词元的倍数"],
      [["120"], "right", "相乘"],
    ],
  },
  {
    page: "/gpt-bert/visual-gpt/introduction/",
    exercise: "perplexity",
    tries: [
      [[], "unusable"],
      [["1.04"], "wrong", "取指数"],
      [["2.83"], "right", "几何平均"],
    ],
  },
  {
    page: "/gpt-bert/visual-gpt/generation/",
    exercise: "predict-cache",
    tries: [
      [[], "unusable", "正数"],
      [["3"], "unusable", "写一遍"],
    ],
  },
  {
    page: "/gpt-bert/gpt3/scaling-law/",
    exercise: "predict-largest",
    tries: [
      [[], "unusable", "损失"],
      [["4.5"], "unusable", "你自己的文字"],
    ],
  },
  {
    page: "/gpt-bert/gpt3/induction/",
    exercise: "predict-step",
    tries: [
      [[], "unusable", "步数"],
      [["200"], "unusable", "点演示里的"],
    ],
  },
  {
    page: "/gpt-bert/gpt3/",
    exercise: "kv-cache",
    tries: [
      [[], "unusable"],
      [["4.83"], "wrong", "少了一半"],
      [["9.7"], "right", "每一层"],
    ],
  },
  {
    page: "/gpt-bert/visual-bert/masked-lm/",
    exercise: "chances",
    tries: [
      [[], "unusable", "两格都要写"],
      [["30", "3"], "wrong", "不是全都变成"],
      [["24", "3"], "right", "选中 30 个"],
    ],
  },
  {
    page: "/gpt-bert/visual-bert/masked-lm/",
    exercise: "two-gaps",
    tries: [
      [["0"], "wrong", "分开猜"],
      [["25%"], "right", "25%"],
    ],
  },
  {
    page: "/gpt-bert/visual-bert/fine-tuning/",
    exercise: "predict-few",
    tries: [
      [[], "unusable", "百分数"],
      [["60%"], "unusable", "开始"],
    ],
  },
  {
    page: "/gpt-bert/visual-bert/sentiment/",
    exercise: "calibration",
    tries: [
      [[], "unusable"],
      [["1"], "wrong"],
      [["2"], "right"],
    ],
  },
  {
    page: "/gpt-bert/implement-bert/",
    exercise: "predict-rows",
    tries: [
      [["两行"], "unusable", "整数"],
      [["2", "0", "8"], "unusable", "先放在这里"],
    ],
  },
  {
    page: "/gpt-bert/implement-bert/model/",
    exercise: "block-parameters",
    tries: [
      [[], "unusable", "请写一个整数"],
      [["7077888"], "wrong"],
      [["7,087,872"], "right"],
    ],
  },
  {
    page: "/gpt-bert/decoding/greedy/",
    exercise: "greedy-share",
    tries: [
      [[], "unusable", "请写一个数"],
      [["1.98"], "wrong", "除反了"],
      [["0.505"], "right", "月下"],
    ],
  },
  {
    page: "/gpt-bert/decoding/sampling/",
    exercise: "temperature",
    tries: [
      [[], "unusable", "请写一个数"],
      [["不知道"], "unusable", "请写一个数"],
      [["1"], "wrong", "78.7%"],
      [["2.885"], "right"],
    ],
  },
  ...chatgptRlhfExercises,
  {
    page: "/introduction/analysis/",
    exercise: "f1",
    tries: [
      [["0.8"], "wrong", "精确率"],
      [["0.727"], "right", "调和"],
    ],
  },
  {
    page: "/introduction/analysis/",
    exercise: "predict-agreement",
    tries: [
      [[], "unusable", "之间"],
      [["0.6"], "unusable", "读这句话"],
    ],
  },
  {
    page: "/introduction/attention/",
    exercise: "two-keys",
    tries: [
      [["0.982"], "wrong", "没有除以"],
      [["0.88"], "right", "8.39"],
    ],
  },
  {
    page: "/introduction/attention/",
    exercise: "predict-hard",
    tries: [
      [[], "unusable", "之间"],
      [["30%"], "unusable", "开始"],
    ],
  },
  {
    page: "/xai/explainable-ai/",
    exercise: "predict-hits",
    tries: [
      [[], "unusable", "整数"],
      [["9"], "unusable", "整数"],
      [["5"], "unusable", "让它们找"],
    ],
  },
  {
    page: "/xai/explainable-ai/",
    exercise: "two-places",
    tries: [
      [["0"], "wrong", "遮挡"],
      [["3"], "right", "平均"],
    ],
  },
  {
    page: "/xai/attribution/",
    exercise: "two-players",
    tries: [
      [["-5"], "wrong", "遮挡"],
      [["-3"], "right", "平均"],
    ],
  },
  {
    page: "/xai/attribution/",
    exercise: "predict-tau",
    tries: [
      [[], "unusable", "之间"],
      [["0.6"], "unusable", "解释这句话"],
    ],
  },
  ...toolsExercises,
];

/** Those that are special: each has a test of its own in `e2e/demos/`. */
export const special: readonly string[] = [
  "rule",
  "top-p",
  "beam-widths",
  "predict-rhyme",
  "both-sides",
  "code",
  "hand-attention",
];
