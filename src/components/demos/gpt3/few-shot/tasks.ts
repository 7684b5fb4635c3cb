import { maxOf } from "../../../../engine/statistics.ts";

/** A small task whose answers are single characters. All items are our own. */
export interface Task {
  readonly id: string;
  readonly name: string;
  /** What stands before the answer; behind it stands 「。」, and then the next one. */
  readonly ask: (input: string) => string;
  /** The item that is asked stands among its own examples: whoever copies from there is right. */
  readonly shown?: true;
  /** Inputs with their answers. */
  readonly items: readonly (readonly [input: string, answer: string])[];
}

/** What has its answer for its last character. */
const pairs = (items: string): (readonly [string, string])[] =>
  items.split(" ").map((item) => [item.slice(0, -1), item.slice(-1)] as const);

const both = (pairs: string): (readonly [string, string])[] =>
  pairs.split(" ").flatMap(([a = "", b = ""]) => [[a, b] as const, [b, a] as const]);

const withAnswer = (answer: string, inputs: string): (readonly [string, string])[] =>
  inputs.split(" ").map((input) => [input, answer] as const);

const DIGITS = "一二三四五六七八九十";

/** Three numbers in a row, and the next. */
function series(step: number): (readonly [string, string])[] {
  const digits = [...DIGITS];
  const starts = digits.slice(0, digits.length - 3 * step);
  return starts.map((_, i) => [[0, 1, 2].map((j) => digits[i + j * step]).join("、"), digits[i + 3 * step]!]);
}

/** The same backwards. */
const falling = (items: readonly (readonly [string, string])[]): (readonly [string, string])[] => {
  const turned = (text: string): string =>
    text.replaceAll(/[一二三四五六七八九十]/g, (digit) => DIGITS[DIGITS.length - 1 - DIGITS.indexOf(digit)]!);
  return items.map(([input, answer]) => [turned(input), turned(answer)] as const);
};

export const TASKS: readonly Task[] = [
  {
    id: "copying",
    name: "抄例子",
    ask: (input) => `${input}姓`,
    shown: true,
    items: pairs(
      "小明王 小红李 小刚张 小丽刘 小华陈 小军杨 小芳赵 小强黄 小林周 小兰吴 小平徐 小云孙 小龙马 小雨朱 小雪胡 小飞郭 小东何 小文高 小春林 小波罗 小玲郑 小海梁 小峰谢 小梅宋",
    ),
  },
  {
    id: "opposites",
    name: "反义词",
    ask: (input) => `${input}的反义词是`,
    items: both("大小 多少 高低 长短 冷热 新旧 快慢 轻重 早晚 远近 黑白 上下"),
  },
  {
    id: "sentiment",
    name: "评论的好坏",
    ask: (input) => `评论：${input}。评价：`,
    items: [
      ...withAnswer(
        "好",
        "房间干净，服务热情 味道很好，下次还来 送得很快，菜还是热的 位置方便，出门就是地铁 书很有意思，一口气看完了 质量不错，和图片一样 老板人很好，还送了水果 早餐丰富，孩子很喜欢 屏幕清楚，用着很顺手 包装仔细，没有一点破损 床很舒服，睡得很香 价格便宜，很值得买",
      ),
      ...withAnswer(
        "差",
        "房间很脏，还有怪味 味道难吃，再也不来 等了两个小时，菜都凉了 位置太偏，找了半天 书很无聊，看不下去 质量太次，用两天就坏 老板态度恶劣，还骂人 早餐很少，没有能吃的 屏幕很暗，总是死机 包装破了，东西也碎了 床又硬又小，一夜没睡 价格太贵，根本不值",
      ),
    ],
  },
  {
    id: "numbers",
    name: "下一个数",
    ask: (input) => `${input}、`,
    items: [
      ...series(1),
      ...falling(series(1)),
      ...series(2),
      ...falling(series(2)),
      ...series(3),
      ...falling(series(3)),
    ].slice(0, 24),
  },
  {
    id: "measures",
    name: "量词",
    ask: (input) => `${input}的量词是`,
    items: [
      ...withAnswer("本", "书 词典 杂志 小说"),
      ...withAnswer("张", "纸 桌子 照片 地图"),
      ...withAnswer("只", "猫 鸟 羊 鸡"),
      ...withAnswer("条", "鱼 河 路 裤子"),
      ...withAnswer("把", "刀 椅子 伞 钥匙"),
      ...withAnswer("辆", "车 汽车 自行车 卡车"),
    ],
  },
];

/** The different answers of a task. */
export function answersOf({ items }: Task): readonly string[] {
  return [...new Set(items.map(([, answer]) => answer))];
}

/** The share that is right for whoever always says the most frequent answer. */
export function mostFrequent(task: Task): number {
  const counts = answersOf(task).map((answer) => task.items.filter(([, own]) => own === answer).length);
  return maxOf(counts) / task.items.length;
}
