import type { Part } from "./types.ts";

export const part: Part = {
  ordinal: "三",
  title: "内部工作原理",
  slug: "internals",
  chapters: [
    {
      title: "基础",
      slug: "internals/foundations",
      topics: "Transformer 与循环神经网络，自注意力，层和特征的层次。",
      demos: [
        "「猫坐在垫子上」在真模型里",
        "n-gram 模型和 Transformer 续写同一句话",
        "长距离依赖的测试",
        "logit lens：逐层看预测怎样形成",
      ],
      status: "coming",
    },
    {
      title: "训练的两个阶段",
      slug: "internals/two-stage-training",
      topics: "预训练和微调。",
      demos: ["在一个小模型上现场走完两个阶段"],
      status: "coming",
    },
    {
      title: "GPT-3、T5、BERT",
      slug: "internals/architectures",
      topics: "三种架构，和调用接口的方法。",
      demos: ["用真实形状画出的架构图", "补全接口的各个参数，接到本机引擎上", "文本到文本的任务"],
      status: "coming",
    },
    {
      title: "常见问题",
      slug: "internals/faq",
      topics: "五个常见的问题。",
      demos: ["每个回答都连到能看见它的演示"],
      status: "coming",
    },
  ],
};
