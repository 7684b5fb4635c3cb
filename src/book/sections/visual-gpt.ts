import type { Section } from "../types.ts";

const folder = "gpt-bert/visual-gpt";

/** The pages of 9.2 behind its opening. */
export const visualGptSections: readonly Section[] = [
  {
    number: "9.2.1",
    title: "GPT 简介：名字里的三个词",
    short: "GPT 简介",
    slug: `${folder}/introduction`,
    shows: "生成式、预训练、Transformer 各说了什么；从 GPT-1 到 GPT-3，什么没有变，什么变了。",
    before: [{ what: "概率和对数" }],
    demos: [],
    anchors: [],
  },
  {
    number: "9.2.2",
    title: "整体架构：残差流和重复的块",
    short: "整体架构",
    slug: `${folder}/architecture`,
    shows: "许多字的残差流画成地图，一层一层地看；前馈网络的神经元为什么样的字兴奋。",
    demos: [
      { name: "features", title: "许多字的残差流，一层一层地看" },
      { name: "neurons", title: "什么样的字让一个神经元兴奋" },
    ],
    anchors: [],
  },
  {
    number: "9.2.3",
    title: "模型架构：一步写一个词元",
    short: "模型架构",
    slug: `${folder}/generation`,
    shows: "像看电影一样看 GPT 写一段话：每一步的注意力、各块的猜测、选中的字，和越来越长的 KV 缓存。",
    before: [{ what: "查询、键、值和 softmax" }],
    demos: [{ name: "film", title: "一步一步地写，算过的不再算" }],
    anchors: [],
  },
  {
    number: "9.2.4",
    title: "GPT-2 与 BERT 的注意力：挡住右边和两边都看",
    short: "与 BERT 的区别",
    slug: `${folder}/gpt-and-bert`,
    shows: "同一句话让 GPT 和 BERT 各读一遍，看谁看得到右边；改一个字，看哪些列跟着变。",
    before: [{ what: "查询、键、值和 softmax" }],
    demos: [{ name: "two-sides", title: "同一句话，挡住右边和不挡" }],
    anchors: [],
  },
  {
    number: "9.2.5",
    title: "GPT-2 的输入：位置从哪里来",
    short: "输入和位置",
    slug: `${folder}/input`,
    shows: "把位置嵌入平移、打乱、清零，看注意力、损失和预测怎样变。",
    demos: [{ name: "position", title: "拿走位置，模型还认得出什么" }],
    anchors: [],
  },
  {
    number: "9.2.6",
    title: "遮掩自注意力：谁看谁，谁起作用",
    short: "遮掩自注意力",
    slug: `${folder}/attention`,
    shows: "每个头量出来像什么；把一句话的中间结果换进另一句，看答案由哪一格决定。",
    before: [{ what: "查询、键、值和 softmax" }],
    demos: [
      { name: "heads", title: "GPT 的每一个头在看哪里" },
      { name: "patch", title: "换掉一格，答案跟不跟着走" },
    ],
    anchors: ["一个头一个头地看注意力", "名字怎么量", "平均和连乘"],
  },
  {
    number: "9.2.7",
    title: "GPT-2 的输出：一行数怎样变成下一个字",
    short: "输出",
    slug: `${folder}/output`,
    shows: "走到每一块都停下来猜一次，看答案在哪一层出现。",
    demos: [{ name: "lens", title: "走到一半就猜，猜得出吗" }],
    anchors: [],
  },
];
