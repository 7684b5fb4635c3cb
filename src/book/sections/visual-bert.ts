import type { Section } from "../types.ts";

const folder = "gpt-bert/visual-bert";

/** The pages of 9.4 behind its opening. */
export const visualBertSections: readonly Section[] = [
  {
    number: "9.4.1",
    title: "BERT 的整体架构：只有编码器",
    short: "整体架构",
    slug: `${folder}/architecture`,
    shows: "一个头一个头地看注意力，在几十对句子上量出每个头的习惯；谁看得见谁，一块里有什么。",
    before: [{ what: "查询、键、值和 softmax", slug: "introduction/attention" }],
    demos: [{ name: "heads", title: "每一个头在看哪里" }],
    anchors: ["941-bert-的整体架构只有编码器", "我们的模型有多大", "一个头看哪里", "注意力算不算解释"],
  },
  {
    number: "9.4.2",
    title: "BERT 的输入：三种嵌入相加",
    short: "输入",
    slug: `${folder}/input`,
    shows: "一句话怎样变成向量：词、段、位置三种嵌入逐格相加，每一格都看得见。",
    demos: [{ name: "input", title: "送进去的是什么" }],
    anchors: ["942-bert-的输入三种嵌入相加", "第一道切成词元加上记号", "第二道三张表各查一行", "第三道相加归一化"],
  },
  {
    number: "9.4.3",
    title: "掩码语言模型：遮住，再猜",
    short: "掩码语言模型",
    slug: `${folder}/masked-lm`,
    shows: "重放训练时的遮法；同样的空让 GPT 和 BERT 各填一遍，看两边究竟值多少。",
    before: [{ what: "交叉熵" }],
    demos: [
      { name: "mask-rule", title: "重放预训练的遮法" },
      { name: "left-or-both", title: "同一个空，左边和两边" },
    ],
    anchors: ["943-掩码语言模型遮住再猜", "遮哪些遮多少", "它猜的是一个分布", "只看左边还是看两边", "试一试"],
  },
  {
    number: "9.4.4",
    title: "预测下一个句子：两句话挨着吗",
    short: "下一句预测",
    slug: `${folder}/next-sentence`,
    shows: "任写两句话，看 BERT 说「接着」还是「不接」；再做四十八对，看它懂的是次序还是话题。",
    demos: [{ name: "next-sentence", title: "第二句接着第一句吗" }],
    anchors: ["944-预测下一个句子两句话挨着吗", "两个数从-cls-来", "这道题太容易了吗"],
  },
  {
    number: "9.4.5",
    title: "微调：加一个头，再训练一点点",
    short: "微调",
    slug: `${folder}/fine-tuning`,
    shows: "用几十句带类别的话微调 BERT，和逐字统计比；四种用法各接什么样的头。",
    before: [{ what: "梯度和学习率" }],
    demos: [{ name: "fine-tune", title: "自己微调一个" }],
    anchors: ["945-微调加一个头再训练一点点", "刚才看到了什么", "冻结下面的只练上面的"],
  },
  {
    number: "9.4.6",
    title: "使用特征提取方法：取哪一层",
    short: "特征提取",
    slug: `${folder}/features`,
    shows: "一百五十句话一层一层地看：探针量每一层，PCA 和 t-SNE 画成地图。",
    before: [{ what: "微调", slug: `${folder}/fine-tuning` }],
    demos: [{ name: "features", title: "一百五十句话，一层一层地看" }],
    anchors: [
      "946-使用特征提取方法取哪一层",
      "一句话变成一个向量",
      "头有两种接法",
      "论文里取的是哪一层",
      "把-256-维压到两维pca",
      "t-sne只保谁和谁挨着",
    ],
  },
  {
    number: "9.4.7",
    title: "七万句评论：判断、贡献和把握",
    short: "七万句评论",
    slug: `${folder}/sentiment`,
    shows: "每个字把判断往哪边拉；它说九成的时候，是不是真有九成对；小结。",
    before: [{ what: "微调", slug: `${folder}/fine-tuning` }],
    demos: [
      { name: "judge", title: "七万句教出来的：好评还是差评" },
      { name: "judge-exam", title: "48 句话，考一遍" },
    ],
    anchors: ["同样的办法七万句", "它说九成就有九成对吗", "没讲的"],
  },
];
