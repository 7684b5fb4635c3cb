import type { Part } from "./types.ts";

export const part: Part = {
  ordinal: "六",
  title: "解释性与可解释 AI",
  slug: "xai",
  chapters: [
    {
      title: "可解释 AI：能信它的理由吗",
      slug: "xai/explainable-ai",
      topics: "解释是什么，听着有道理和说的是真的有什么不同；从问题到方法、再到演示的地图。",
      demos: ["一个种下原因的分类器：八种方法各自说是哪个字，谁找到了真正的原因"],
      does: "在一句话里放一个字，只有它决定判断；再让八种方法来找，看谁找得到。",
      before: [{ what: "BERT 的分类", slug: "gpt-bert/visual-bert/fine-tuning" }, { what: "查询、键、值和 softmax" }],
      openingDemos: [{ name: "who", title: "谁找到了真正的原因" }],
      status: "ready",
    },
    {
      title: "特征重要性",
      slug: "xai/attribution",
      topics: "遮挡、嵌入贡献、积分梯度、LIME、SHAP。",
      demos: [
        "同一个情感模型上六种方法并排：遮挡、梯度×输入、积分梯度、LIME、KernelSHAP、精确的 Shapley 值",
        "度量它们之间的分歧，和真值差多少",
        "把权重一层一层地随机化，看解释变不变",
      ],
      does: "写一句话，让六种方法各自说是哪几个字起了作用，再和精确的 Shapley 值比，看谁说得对。",
      before: [{ what: "BERT 的分类", slug: "gpt-bert/visual-bert/fine-tuning" }, { what: "梯度" }],
      openingDemos: [
        { name: "six", title: "同一句话，六种说法" },
        { name: "cascade", title: "把模型变傻，解释变不变" },
      ],
      status: "ready",
    },
    {
      title: "训练并解释一个语言模型",
      slug: "xai/lstm-lm",
      topics: "LSTM 语言模型、困惑度和词的重要性。",
      demos: ["在页面里训练，再解释它"],
      status: "coming",
    },
    {
      title: "工具、应用与常见问题",
      slug: "xai/tools",
      topics: "Captum、SHAP、LIME、BertViz、TransformerLens：用处、界限，和本书的引擎差多少。",
      demos: ["十三行对照：库说的数和引擎说的数，一条一条并排，在你的浏览器里再算一遍"],
      does: "挑一个解释工具和一句话，看它说的数和引擎算的差在第几位小数，是舍入、抽样，还是定义不同。",
      before: [{ what: "遮挡、积分梯度、LIME 和 SHAP", slug: "xai/attribution" }],
      openingDemos: [{ name: "parity", title: "同一句话，库和引擎各算一遍" }],
      status: "ready",
    },
  ],
};
