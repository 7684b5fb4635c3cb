/** One question in several wordings, and an answer whose probability is measured under each. */
export interface Topic {
  readonly id: string;
  readonly label: string;
  readonly answer: string;
  readonly wordings: readonly string[];
}

export const TOPICS: readonly [Topic, ...Topic[]] = [
  {
    id: "capital",
    label: "首都",
    answer: "北京。",
    wordings: [
      "中国的首都是哪座城市？",
      "中国的首都是哪座城市",
      "请问，中国的首都是哪座城市呢？",
      "哪座城市是中国的首都？",
      "说出中国首都的名字。",
      "首都 中国",
    ],
  },
  {
    id: "sleep",
    label: "睡觉",
    answer: "睡觉前不要看手机。",
    wordings: [
      "怎样才能睡得好？",
      "怎么样才能睡得好？",
      "给我一个睡好觉的建议。",
      "如何提高睡眠质量？",
      "我总是睡不好，怎么办？",
      "睡不好！！！怎么办啊",
    ],
  },
  {
    id: "fruit",
    label: "水果",
    answer: "苹果、香蕉和橙子。",
    wordings: [
      "请说出三种水果。",
      "说出3种水果。",
      "列出三种水果的名字。",
      "请你告诉我三种水果，好吗？",
      "水果有哪些？说三种。",
      "有哪三种水果是你知道的？",
    ],
  },
];
