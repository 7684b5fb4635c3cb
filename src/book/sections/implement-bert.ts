import type { Section } from "../types.ts";

const folder = "gpt-bert/implement-bert";

/** The pages of 9.5 behind its opening. */
export const implementBertSections: readonly Section[] = [
  {
    number: "9.5.1",
    title: "BERTEmbedding 类：编号怎样变成向量",
    short: "BERTEmbedding 类",
    slug: `${folder}/embeddings`,
    shows: "三张表怎样查，怎样相加，层归一化怎样把每一行拉到同样的尺度。",
    before: [{ what: "词元和编号" }],
    demos: [{ name: "bert", title: "这一页读的句子" }],
    anchors: ["951-bertembedding-类编号怎样变成向量", "三张表", "查表加起来", "层归一化每一行拉到同样的尺度"],
  },
  {
    number: "9.5.2",
    title: "TransformerBlock 类：注意力",
    short: "TransformerBlock 类：注意力",
    slug: `${folder}/attention`,
    shows: "查询和键怎样得出分数，分数怎样变成权重，权重怎样把别的词元的值取来。",
    before: [{ what: "嵌入", slug: `${folder}/embeddings` }],
    demos: [{ name: "bert", title: "这一页读的句子" }],
    anchors: [
      "952-transformerblock-类先互相看再各自想",
      "查询键值",
      "分数查询和键的点积",
      "权重softmax",
      "混合按权重把值加起来",
    ],
  },
  {
    number: "9.5.2",
    title: "TransformerBlock 类：残差和前馈网络",
    short: "TransformerBlock 类：前馈网络",
    slug: `${folder}/feed-forward`,
    shows: "取来的东西怎样加回残差流，前馈网络怎样放宽再收窄；自己写一段引擎。",
    before: [{ what: "一个头的注意力", slug: `${folder}/attention` }],
    demos: [{ name: "bert", title: "这一页读的句子" }],
    anchors: [
      "输出投影残差层归一化",
      "归一化在前还是在后",
      "前馈网络放宽折一下收窄",
      "又一次残差又一次归一化",
      "试一试",
    ],
  },
  {
    number: "9.5.3",
    title: "构建 BERT：块接块，加上头",
    short: "构建 BERT",
    slug: `${folder}/model`,
    shows: "一个词元一块一块地走；两个头的答案；每个部件有多少参数；打开权重。",
    before: [{ what: "一块", slug: `${folder}/feed-forward` }],
    demos: [{ name: "bert", title: "这一页读的句子" }],
    anchors: ["953-构建-bert块接块加上头", "六块", "pooler-和下一句的头", "填空的头", "参数有多少都在哪里", "打开权重"],
  },
  {
    number: "9.5.3",
    title: "预训练的一步：两个损失",
    short: "预训练的一步",
    slug: `${folder}/pretraining`,
    shows: "遮住几个字，算出两个损失，权重动一步，再问一遍；小结。",
    before: [{ what: "两个头", slug: `${folder}/model` }],
    demos: [{ name: "pretraining", title: "预训练走一步" }],
    anchors: [],
  },
];
