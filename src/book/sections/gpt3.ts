import type { Section } from "../types.ts";

const folder = "gpt-bert/gpt3";

/** The pages of 9.3 behind its opening. */
export const gpt3Sections: readonly Section[] = [
  {
    number: "9.3.1",
    title: "规模定律：训练之前，算得出它有多好吗",
    short: "规模定律",
    slug: `${folder}/scaling-law`,
    shows: "五个自己训练的小 GPT 画出一条直线，最大的那个先预测、后训练；再在你自己的文字上量一遍。",
    before: [{ what: "概率和对数" }],
    demos: [{ name: "scaling-law", title: "五个大小，一条直线" }],
    anchors: [],
  },
  {
    number: "9.3.2",
    title: "归纳头：看例子的本事从哪里来",
    short: "归纳头",
    slug: `${folder}/induction`,
    shows: "在页面里训练一层和两层的注意力，看归纳头和上下文学习一起出现。",
    before: [{ what: "查询、键、值和 softmax" }],
    demos: [{ name: "induction", title: "看归纳头长出来" }],
    anchors: ["归纳头"],
  },
  {
    number: "9.3.3",
    title: "少样本：写在提示里的例子帮了多少",
    short: "少样本",
    slug: `${folder}/few-shot`,
    shows: "给 gpt-zh 零到八个例子，答案对的和乱的各问一遍，看区间分不分得开。",
    demos: [{ name: "few-shot", title: "例子帮了多少" }],
    anchors: ["例子写在提示里", "例子帮了-gpt-zh-多少", "小结"],
  },
];
