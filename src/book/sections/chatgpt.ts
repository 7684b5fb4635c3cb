import type { Section } from "../types.ts";

const folder = "chatgpt-rlhf/chatgpt";

/** The pages of 10.1 behind its opening. */
export const chatgptSections: readonly Section[] = [
  {
    number: "10.1.1",
    title: "核心技术：变了什么，量出来",
    short: "核心技术",
    slug: `${folder}/core`,
    shows: "三十六个问题，两个模型各答一遍：停不停，像不像回答，答得对不对；换个说法再问，回答变不变。",
    before: [{ what: "采样", slug: "gpt-bert/decoding/sampling" }],
    demos: [
      { name: "measured", title: "三十六个问题：变了什么，量出来" },
      { name: "wording", title: "换个说法再问" },
    ],
    anchors: ["1011-核心技术会接着写为什么还不会回答", "量出来停不停像不像对不对", "换个说法"],
  },
  {
    number: "10.1.2",
    title: "InstructGPT 和 ChatGPT 的训练过程",
    short: "训练过程",
    slug: `${folder}/training`,
    shows: "三个步骤各用多少提示、多少算力，换来了什么；对齐税；ChatGPT 公布了什么，没有公布什么。",
    before: [{ what: "基础模型和微调", slug: folder }],
    demos: [],
    anchors: ["1012-instructgpt-和-chatgpt-的训练过程", "对齐税", "chatgpt-呢知道的和不知道的"],
  },
  {
    number: "10.1.3",
    title: "指令微调：只算回答，几轮排成一行",
    short: "指令微调",
    slug: `${folder}/instruction-tuning`,
    shows: "哪些词元算损失，损失低在哪里；和模型谈几轮，改一句、删一句，看最后的回答跟着变。",
    before: [{ what: "对数概率", slug: "gpt-bert/decoding/greedy" }],
    demos: [
      { name: "loss", title: "同一个回答，两个模型各有多意外" },
      { name: "talk", title: "几轮谈话，一行词元" },
      { name: "forgets", title: "忘掉开头" },
    ],
    anchors: ["1013-指令微调", "只算回答", "分布动了多少动在哪里", "忘掉开头"],
  },
  {
    number: "10.1.4",
    title: "ChatGPT 的不足：篱笆在哪里",
    short: "不足",
    slug: `${folder}/limits`,
    shows: "它知道的事到哪里为止，从每个词元的概率看不看得出来；你的问题在哪一边；它怎样编。",
    before: [{ what: "指令微调", slug: `${folder}/instruction-tuning` }],
    demos: [
      { name: "fence", title: "篱笆在哪里：里面和外面，各有多少把握" },
      { name: "own-side", title: "你的问题，在篱笆的哪一边" },
      { name: "weak", title: "它不知道自己不知道" },
    ],
    anchors: ["1014-chatgpt-的不足", "编造", "还有哪些", "小结"],
  },
];
