/** Questions to begin with; none of them is among the instructions of the training. */
export const SUGGESTIONS: readonly [string, ...string[]] = [
  "写一句祝妈妈生日快乐的话。",
  "怎样才能不感冒？",
  "给我三个学好英语的建议。",
  "中国的首都在哪座城市？",
  "写一首关于秋天的短诗。",
];
