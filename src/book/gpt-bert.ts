import type { Part } from "./types.ts";

export const part: Part = {
  ordinal: "四",
  title: "GPT 与 BERT",
  slug: "gpt-bert",
  chapters: [
    {
      number: "9.1",
      title: "大语言模型简介",
      slug: "gpt-bert/llm-intro",
      topics: "大语言模型是什么，规模怎样增长。",
      demos: ["规模时间线"],
      status: "coming",
    },
    {
      number: "9.2",
      title: "可视化 GPT 原理",
      slug: "gpt-bert/visual-gpt",
      topics: "GPT 的结构、GPT-2 与 BERT 的注意力头、输入、掩码自注意力的细节、输出，GPT-1 与 GPT-2。",
      demos: [
        "带着真张量逐层走一遍",
        "按层、按头看注意力矩阵",
        "位置嵌入开、清零、打乱",
        "残差流的 PCA 和 t-SNE",
        "生成时间线：每一步的注意力和 logits、KV 缓存、logit lens",
      ],
      status: "coming",
    },
    {
      number: "9.3",
      title: "GPT-3 简介",
      slug: "gpt-bert/gpt3",
      topics: "规模，和上下文学习。",
      demos: ["规模计算器", "零样本与少样本：在真 GPT 上比较，结果照实说"],
      status: "coming",
    },
    {
      number: "9.4",
      title: "可视化 BERT 原理",
      slug: "gpt-bert/visual-bert",
      topics: "BERT 的结构、输入、掩码语言模型、下一句预测、微调和特征。",
      demos: [
        "遮住任意一个词元，看前 k 个预测和注意力",
        "词元、段落、位置三种嵌入相加",
        "两句话的下一句预测",
        "在页面里微调",
        "句子特征的地图",
      ],
      status: "coming",
    },
    {
      number: "9.5",
      title: "实现 BERT",
      slug: "gpt-bert/implement-bert",
      topics: "嵌入、Transformer 块、整个模型。",
      demos: ["引擎自己的源码，旁边是它正在算的张量"],
      status: "coming",
    },
    {
      number: "9.6",
      title: "用 GPT 生成文本",
      slug: "gpt-bert/decoding",
      topics: "加载模型，贪心搜索、束搜索、采样、Top-k、Top-p，以及把它们合起来。",
      demos: ["同一个开头，所有解码器并排", "束搜索的树", "每一步筛选之前和之后的概率分布", "重复和多样性的度量"],
      status: "ready",
    },
  ],
};
