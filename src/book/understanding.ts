import type { Part } from "./types.ts";

export const part: Part = {
  ordinal: "二",
  title: "认识大语言模型",
  slug: "understanding",
  chapters: [
    {
      title: "概述与历史",
      slug: "understanding/overview",
      topics: "什么是大语言模型；从 Word2Vec、GloVe 到 Transformer、BERT、GPT。",
      demos: ["自己训练的词向量：地图、最近邻、类比"],
      status: "coming",
    },
    {
      title: "Transformer 与多头自注意力",
      slug: "understanding/transformer",
      topics: "多头自注意力的每一步和它的代码。",
      demos: ["同一句话经过每一个头", "用弧线画出每个头的注意力"],
      status: "coming",
    },
    {
      title: "预训练与微调",
      slug: "understanding/pretrain-finetune",
      topics: "语言模型损失、掩码语言模型、文本分类。",
      demos: ["任意文本逐词元的意外程度：损失和困惑度", "在页面里微调一个分类器，看损失和准确率曲线"],
      status: "coming",
    },
    {
      title: "应用",
      slug: "understanding/applications",
      topics: "生成、翻译（T5）、问答、情感分析。",
      demos: ["四种任务都用真模型运行"],
      status: "coming",
    },
    {
      title: "挑战",
      slug: "understanding/challenges",
      topics: "算力、偏见和接下来的问题。",
      demos: ["参数、计算量、内存和 KV 缓存的计算器，用真模型核对", "掩码语言模型的偏见探针"],
      status: "coming",
    },
  ],
};
