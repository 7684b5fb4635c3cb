import type { Part } from "./types.ts";

export const part: Part = {
  ordinal: "一",
  title: "导读",
  slug: "introduction",
  chapters: [
    {
      title: "编码器与解码器",
      slug: "introduction/encoder-decoder",
      topics: "LSTM 编码器和解码器怎样把一句话变成另一句话，瓶颈和注意力。",
      demos: [
        "三个序列到序列模型在页面里一起训练，按原文的长短看读对多少",
        "逐步显示隐藏状态的热图，和训练中最接近的五对",
        "改一格注意力，或者改一个字，再写一遍",
      ],
      does: "训练三个把数读成中文的模型，看它们怎样读、怎样写，为什么长的数难住了没有注意力的那个。",
      before: [{ what: "softmax" }, { what: "梯度下降" }],
      openingDemos: [
        { name: "translators", title: "三个模型，一起学读数" },
        { name: "states", title: "读一个字，状态变一次" },
        { name: "what-if", title: "逼它看别的地方" },
      ],
      status: "ready",
    },
    {
      title: "注意力机制",
      slug: "introduction/attention",
      topics: "查询、键、值，缩放，softmax，上下文向量。",
      demos: ["改动 Q、K、V，看每一个中间矩阵", "缩放与不缩放的差别"],
      status: "coming",
    },
    {
      title: "训练过程",
      slug: "introduction/training",
      topics: "预处理、停用词、损失、优化器和训练循环。",
      demos: ["按词、按字、BPE、WordPiece 切分的比较", "看得见的训练循环：损失、梯度范数，SGD、动量、Adam 并排"],
      status: "coming",
    },
    {
      title: "分析模型行为",
      slug: "introduction/analysis",
      topics: "预测、准确率和注意力图。",
      demos: ["情感模型的准确率和混淆矩阵", "每个词元的注意力条形图"],
      status: "coming",
    },
  ],
};
