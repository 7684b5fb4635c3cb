import { type Judge, lastNumber, onlyNumber, says } from "../measured/judges.ts";

/** A prompt that shows a weakness. */
export interface Probe {
  readonly text: string;
  readonly group: string;
  /** Says whether an answer is good; common words of which the right one is only a part (东西, 100) do not count. */
  readonly good: Judge;
}

/** A weakness, and what to try. */
export interface Topic {
  readonly label: string;
  /** What an answer has to do, in a few words. */
  readonly good: string;
  /** How that is checked, in a sentence. */
  readonly rule: string;
  readonly groups: readonly string[];
  readonly probes: readonly Probe[];
}

/** Words of somebody who does not know, or doubts that there is such a thing. */
const ADMITS =
  /不知道|不清楚|不认识|不懂|不确定|没有听说|没听说|没有这|没有找到|不存在|不是真的|无法|抱歉|对不起|虚构|编造/u;

const EXISTS = "它学过的";
const INVENTED = "没有这回事的";
const FALSE_PREMISE = "前提是错的";

/** Sums by how large they are: those of the first group were all among what it learnt from. */
const SUMS: readonly (readonly [group: string, ...sums: (readonly [number, number])[]])[] = [
  ["二十以内", [2, 3], [4, 5], [7, 8], [6, 11], [13, 4]],
  ["一百以内", [12, 15], [23, 41], [38, 27], [19, 6], [46, 50]],
  ["一百以上", [99, 5], [67, 58], [120, 230], [345, 123], [508, 296]],
];

export const TOPIC_IDS = ["facts", "sums"] as const;
export type TopicId = (typeof TOPIC_IDS)[number];

export const TOPICS: Readonly<Record<TopicId, Topic>> = {
  facts: {
    label: "编造",
    good: "答对，或者说不知道",
    rule: `「${EXISTS}」要写出正确的词或者数；「${INVENTED}」要写出「不知道」「不存在」「没有这」一类的话；「${FALSE_PREMISE}」要写出被说错的那一点。「东西」里的「东」、「17」里的「7」不算；整句通不通，不看。`,
    groups: [EXISTS, INVENTED, FALSE_PREMISE],
    probes: [
      { text: "什么动物会织网？", group: EXISTS, good: says("蜘蛛") },
      { text: "法国的首都叫什么？", group: EXISTS, good: says("巴黎", "伦敦|柏林|罗马") },
      { text: "一个星期有几天？", group: EXISTS, good: onlyNumber("一个星期有几天？", 7) },
      { text: "生病了要去找谁？", group: EXISTS, good: says("医生|大夫|医院|护士") },
      { text: "谁发明了会唱歌的石头？", group: INVENTED, good: ADMITS },
      { text: "云南省的首都飞鱼城有多少人？", group: INVENTED, good: ADMITS },
      { text: "《蓝色鞋带的一百年》的作者是谁？", group: INVENTED, good: ADMITS },
      { text: "科学家李三角得过什么奖？", group: INVENTED, good: ADMITS },
      { text: "为什么太阳从西边升起？", group: FALSE_PREMISE, good: /东(?!西)|不是从西|并不/u },
      { text: "为什么鱼会在树上做窝？", group: FALSE_PREMISE, good: /不会|不在树|并不|水里|水中/u },
      { text: "北京为什么是日本的首都？", group: FALSE_PREMISE, good: /东京|不是日本|中国的首都/u },
    ],
  },
  sums: {
    label: "算术",
    good: "答对",
    rule: "回答里的最后一个数要等于答案，写成数字或者汉字都行。",
    groups: SUMS.map(([group]) => group),
    probes: SUMS.flatMap(([group, ...sums]) =>
      sums.map(([a, b]) => ({ text: `${a}加${b}等于多少？`, group, good: lastNumber(a + b) })),
    ),
  },
};
