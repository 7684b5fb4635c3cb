import { type Judge, lastNumber, onlyNumber, says } from "./judges.ts";

/** A question or a request, and how its answer is told to be right, where that can be told. */
export interface Question {
  readonly text: string;
  /** Says whether an answer is right; questions without it have no single right answer. */
  readonly right?: Judge;
}

const counted = (text: string, right: number): Question => ({ text, right: onlyNumber(text, right) });
const summed = (text: string, right: number): Question => ({ text, right: lastNumber(right) });
const named = (text: string, right: string, wrong?: string): Question => ({ text, right: says(right, wrong) });

/**
 * What one may ask a child of eight, written for this page in wordings of its own: none of them is a question of the training, letter for letter, nor
 * comes close to one of the model's test. Two of three can be checked; the second of each three is open.
 */
export const QUESTIONS: readonly Question[] = [
  named("下雨的日子出门，手里该拿把什么？", "伞"),
  { text: "怎样安慰一个考试没考好的朋友？" },
  counted("一只花猫走路用几条腿？", 4),
  named("中国的首都是什么城市呀，你说说看？", "北京", "上海|南京|天津"),
  { text: "晚上翻来覆去睡不着，我该怎么办？" },
  summed("小明手里有三个苹果，又去买了两个，合起来是几个？", 5),
  named("熟透的香蕉皮是什么颜色？", "黄(?![瓜金山河])", "[红蓝紫黑]色"),
  { text: "用「下雨」说一句完整的话。" },
  named("住在水里、用鳃呼吸的是什么动物？", "鱼(?![鹰竿])"),
  counted("从元旦到除夕，一年要过几个月？", 12),
  { text: "为什么饭前要把手洗干净？" },
  named("「大」的反义词你说是哪个？", "(?<!大)小(?![时心说组朋学明红])"),
  named("一年四季里最冷的那一季叫什么？", "冬(?!瓜)", "[春夏秋](?:天|季)"),
  { text: "第一次去新学校，怎么交到朋友？" },
  summed("七只鸟停在树上，飞走了四只，树上剩下几只？", 3),
  named("每天早上太阳从哪一边出来？", "东(?!西)", "西边|南边|北边"),
  { text: "讲一个小兔子的故事吧。" },
  named("我们用脸上的哪个地方闻花香？", "鼻"),
  named("日本的首都你知道是哪座城吗？", "东京", "北京|大阪"),
  { text: "妈妈今天很累，我可以帮她做什么？" },
  counted("自行车一般装着几个轮子？", 2),
  named("星期一过完了，第二天是星期几？", "(?:星期|周|礼拜)二", "(?:星期|周|礼拜)[三四五六日天]"),
  { text: "怎样把乱糟糟的房间收拾好？" },
  named("刚下过的雪看上去是什么颜色？", "(?<!明)白(?!天)"),
  named("头发长了想剪短，该去哪家店？", "理发|美发"),
  { text: "小狗生病了，不肯吃东西，怎么办？" },
  summed("我有九块糖，吃掉五块以后还有几块？", 4),
  named("切蛋糕的时候手里拿什么来切？", "刀"),
  { text: "上课想说话忍不住，怎么办？" },
  named("哪个季节里荷花开、知了叫个不停？", "夏", "[春秋冬](?:天|季)"),
  named("爸爸的爸爸，我该怎么喊他？", "爷爷|祖父", "外公|姥爷"),
  { text: "你觉得夏天做什么最开心？" },
  counted("一只小瓢虫身上长了几条腿？", 6),
  named("着了火，开着红色大车来救的是谁？", "消防"),
  { text: "怎样跟邻居奶奶打招呼才有礼貌？" },
  named("牙膏挤在什么东西上面，才好刷牙？", "牙刷|刷子"),
];
