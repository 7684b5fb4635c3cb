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
  counted("花猫身上一共长着几条腿？", 4),
  named("中国的首都是什么城市呀，你说说看？", "北京", "上海|南京|天津"),
  { text: "晚上翻来覆去睡不着，我该怎么办？" },
  summed("小明有三个苹果，后来又买了两个，合起来是几个苹果？", 5),
  named("香蕉熟了会是什么颜色的？", "黄(?![瓜金山河])", "[红蓝紫黑绿]色"),
  { text: "用「下雨」说一句完整的话。" },
  named("在水里游来游去的动物有哪些？", "鱼(?![鹰竿])|虾|鸭|鹅|龟|蛙|豚|鲸"),
  counted("一整年里面总共有几个月？", 12),
  { text: "为什么饭前要把手洗干净？" },
  named("大的反义词应该是哪个字？", "(?<!大)小(?![时心说组朋学明红])"),
  named("一年四季里最冷的那一季叫什么？", "冬(?!瓜)", "[春夏秋](?:天|季)"),
  { text: "第一次去新学校，怎么交到朋友？" },
  summed("七只鸟停在树上，飞走了四只，树上剩下几只？", 3),
  named("太阳早上是从哪一边升起来的？", "东(?!西)", "西边|南边|北边"),
  { text: "讲一个小兔子的故事吧。" },
  named("想闻一闻花香，要用到什么？", "鼻"),
  named("日本的首都你知道是哪座城吗？", "东京", "北京|大阪"),
  { text: "妈妈今天很累，我可以帮她做什么？" },
  counted("自行车一般装着几个轮子？", 2),
  named("今天是星期一的话，明天会是星期几？", "(?:星期|周|礼拜)二", "(?:星期|周|礼拜)[三四五六日天]"),
  { text: "怎样把乱糟糟的房间收拾好？" },
  named("雪花看起来是什么颜色的？", "(?<!明)白(?!天)"),
  named("头发长了想剪短，该去哪家店？", "理发|美发"),
  { text: "小狗生病了，不肯吃东西，怎么办？" },
  summed("我有九块糖，吃掉了五块，还剩下几块糖？", 4),
  named("过生日的时候切蛋糕要用什么？", "刀"),
  { text: "上课想说话忍不住，怎么办？" },
  named("池塘里的荷花在什么季节开？", "夏", "[春秋冬](?:天|季)"),
  named("爸爸的爸爸，我应该叫他什么？", "爷爷|祖父", "外公|姥爷"),
  { text: "你觉得夏天做什么最开心？" },
  counted("瓢虫身上一共有几条腿呢？", 6),
  named("房子着火了，谁会开车来灭火？", "消防"),
  { text: "怎样跟邻居奶奶打招呼才有礼貌？" },
  named("早上刷牙要用到哪些东西？", "牙刷|刷子"),
];
