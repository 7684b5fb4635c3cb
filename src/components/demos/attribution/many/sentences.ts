/**
 * Short sentences that are praise, blame and negated praise or blame, written for this chapter before any method was tried on them: few enough tokens that
 * exact Shapley values can be had of all of them.
 */
export const SENTENCES: readonly string[] = [
  "菜很新鲜",
  "房间又小又吵",
  "味道不错",
  "一点也不好用",
  "不是不好看",
  "送得太慢了",
  "没什么可挑剔的",
  "屏幕清楚",
  "字太小看不清",
  "老板很热情",
  "不值这个价",
  "穿着很舒服",
  "电池不耐用",
  "再也不来了",
  "谈不上难吃",
  "便宜但是不结实",
  "苹果又脆又甜",
  "客服不理人",
  "没有想的那么差",
  "看得我哭了",
  "包装破了",
  "比上次好多了",
  "说好的没有兑现",
  "不后悔买它",
];
