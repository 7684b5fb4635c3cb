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
      demos: [
        "改动 Q、K、V、掩码和 √d，看每一个中间矩阵；填进真模型的数",
        "除以 √d 与不除的差别",
        "有掩码和没有掩码，一起练",
      ],
      does: "改一张工作表里的查询、键和值，看一个注意力头怎样算出它的输出，再填进真模型的数。",
      before: [{ what: "向量和矩阵的乘法" }, { what: "softmax" }],
      openingDemos: [
        { name: "worksheet", title: "注意力的工作表" },
        { name: "root-d", title: "为什么要除以 √d" },
        { name: "mask", title: "忘了掩码会怎样" },
      ],
      status: "ready",
    },
    {
      title: "训练过程",
      slug: "introduction/training",
      topics: "分词、停用词、损失、优化器和训练循环。",
      demos: [
        "BPE 在你的文字上一次合并一对，旁边是字、词和 WordPiece 的切法",
        "同一个小模型按字节、字、词、WordPiece 和 BPE 各训练一遍，按每个字几比特比较",
        "SGD、动量和 AdamW 从同一个起点出发：损失、梯度范数，过三个终点的损失平面；途中改学习率",
      ],
      does: "看 BPE 从一段绕口令里一对一对地学出词表，再让三个优化器从同一个起点出发，看损失怎样下降。",
      before: [{ what: "softmax" }, { what: "梯度下降" }],
      openingDemos: [
        { name: "bpe", title: "BPE：一次合并一对" },
        { name: "units", title: "同一个模型，五种切法" },
        { name: "race", title: "三个优化器，同一个起点" },
      ],
      status: "ready",
    },
    {
      title: "分析模型行为",
      slug: "introduction/analysis",
      topics: "预测、准确率和注意力图。",
      demos: ["一个阈值牵动混淆矩阵、精确率、召回率、ROC 曲线和校准", "注意力放在遮挡旁边，看它是不是解释"],
      does: "拖动一个阈值，看一个真的分类器在没有训练过的评论上考得怎样，再查一查它看的字是不是它的理由。",
      before: [{ what: "BERT 的分类", slug: "gpt-bert/visual-bert/fine-tuning" }],
      openingDemos: [
        { name: "threshold", title: "一个阈值，牵动一切" },
        { name: "attended", title: "注意力是不是解释" },
      ],
      status: "ready",
    },
  ],
};
