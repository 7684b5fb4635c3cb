import type { Section } from "../types.ts";

const folder = "chatgpt-rlhf/rlhf";

/** The pages of 10.2 behind its opening. */
export const rlhfSections: readonly Section[] = [
  {
    number: "10.2.1",
    title: "工作原理：从「哪个好」到一个数",
    short: "工作原理",
    slug: `${folder}/principle`,
    shows: "为什么不直接照着好答案学；许多次「哪个好」怎样变成分数。",
    before: [{ what: "比较几对回答", slug: folder }],
    demos: [],
    anchors: ["1021-工作原理为什么不直接照着好答案学", "奖励模型从哪个好到一个数", "试一试"],
  },
  {
    number: "10.2.2",
    title: "工作流程：三步，各做什么",
    short: "工作流程",
    slug: `${folder}/workflow`,
    shows: "三步画成一张图，第二步和第三步点开就能跑，可以一步一步地看。",
    before: [{ what: "奖励模型", slug: `${folder}/principle` }],
    demos: [{ name: "workflow", title: "三步，一张图" }],
    anchors: ["1022-工作流程三步各做什么"],
  },
  {
    number: "10.2.3",
    title: "PPO 算法：奖励减去 KL，再教会每一个词元",
    short: "PPO 算法",
    slug: `${folder}/ppo`,
    shows: "在真的 GPT 上拖着 β，看奖励和偏离怎样交换；文字上的 PPO 和车杆差在哪里。",
    before: [{ what: "优势和截断", slug: "chatgpt-rlhf/ppo-cartpole" }],
    demos: [{ name: "leash", title: "β 取多大：奖励和 KL" }],
    anchors: [
      "kl-惩罚为什么不许走得太远",
      "1023-ppo-算法一个分数怎样教会每一个词元",
      "优势功劳怎样分",
      "截断为什么走远了就不再推",
    ],
  },
  {
    number: "10.2.4",
    title: "评估框架：分数高了，是好了吗",
    short: "评估框架",
    slug: `${folder}/evaluation`,
    shows: "奖励一直上升，诗却先变好后变坏：一次量得出来的分家。",
    before: [{ what: "KL 惩罚", slug: `${folder}/ppo` }],
    demos: [{ name: "goodhart", title: "奖励涨了，诗好了吗" }],
    anchors: ["1024-评估框架分数高了是好了吗", "奖励和喜好什么时候分家"],
  },
  {
    number: "10.2.5",
    title: "创新与不足：新在哪里，缺什么",
    short: "创新与不足",
    slug: `${folder}/limits`,
    shows: "RLHF 新在哪里，缺什么，后来的办法各改了哪里；小结。",
    before: [{ what: "评估", slug: `${folder}/evaluation` }],
    demos: [],
    anchors: ["1025-创新与不足新在哪里缺什么", "新在哪里", "缺什么", "后来怎么走", "来源"],
  },
];
