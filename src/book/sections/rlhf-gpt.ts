import type { Section } from "../types.ts";

const folder = "chatgpt-rlhf/rlhf-gpt";

/** The pages of 10.6 behind its opening. */
export const rlhfGptSections: readonly Section[] = [
  {
    number: "10.6.1",
    title: "基于中文情感模型的正向评论生成",
    short: "情感模型打分",
    slug: `${folder}/sentiment`,
    shows: "谁写，谁打分，谁拉住策略；奖励是什么，不是什么；几个种子各练一遍。",
    before: [{ what: "KL 惩罚", slug: "chatgpt-rlhf/rlhf/ppo" }],
    demos: [],
    anchors: [
      "装在一起谁写谁打分谁拉住它",
      "1061-基于中文情感模型的正向评论生成",
      "奖励是什么不是什么",
      "每个词元扣自己的-kl",
      "一个种子不算数",
    ],
  },
  {
    number: "10.6.1.1",
    title: "去掉 KL 惩罚：奖励是怎样被骗的",
    short: "奖励怎样被骗",
    slug: `${folder}/reward-hacking`,
    shows: "一边有 KL 惩罚，一边没有：奖励更高的那一边，写的还是评论吗？",
    before: [{ what: "奖励和 KL", slug: `${folder}/sentiment` }],
    demos: [{ name: "hacking", title: "去掉 KL 惩罚" }],
    anchors: ["去掉-kl-惩罚奖励是怎样被骗的"],
  },
  {
    number: "10.6.2",
    title: "人工打分",
    short: "人工打分",
    slug: `${folder}/stars`,
    shows: "你打星，模型照着你的星学；一轮八个数够学什么；和 InstructGPT 差在哪里。",
    before: [{ what: "一轮训练", slug: folder }],
    demos: [{ name: "stars", title: "你打星，它来学" }],
    anchors: ["1062-人工打分", "一轮八个数够学什么", "你的标注在哪里", "和-instructgpt-差在哪里"],
  },
  {
    number: "10.6.3",
    title: "用排序代替打分",
    short: "用排序代替打分",
    slug: `${folder}/ranking`,
    shows: "四条评论排一个次序，教出一个奖励模型，再照它练；小结。",
    before: [{ what: "Bradley–Terry 模型", slug: "chatgpt-rlhf/rlhf/principle" }],
    demos: [
      { name: "rank", title: "排序，不打分" },
      { name: "reward", title: "用排序训练一个奖励模型" },
      { name: "own", title: "照你的奖励练，让内置的旁观" },
    ],
    anchors: [
      "1063-用排序代替打分",
      "为什么排序不打分",
      "从排序到一个数",
      "几十组排序说得出什么",
      "照你的奖励练",
      "试一试",
      "来源",
    ],
  },
];
