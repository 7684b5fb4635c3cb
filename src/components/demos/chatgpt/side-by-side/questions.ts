/** Questions to begin with: what one asks a child. */
export const SUGGESTIONS: readonly [string, ...string[]] = [
  "下雨天出门要带什么？",
  "什么动物会飞？",
  "中国的首都在哪里？",
  "小明有三个苹果，又买了两个，一共几个？",
  "我今天有点不开心，怎么办？",
  "谁发明了电话？",
];
