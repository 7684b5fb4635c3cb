/** A prompt that shows a weakness. */
export interface Probe {
  readonly text: string;
  readonly group: string;
  /** What a good answer holds; common words of which it is only a part (东西, 100) do not count. */
  readonly good: RegExp;
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
const ADMITS = /不知道|不清楚|不确定|没有听说|没听说|没有这|没有找到|不存在|不是真的|无法|抱歉|对不起|虚构|编造/u;

const EXISTS = "有答案的";
const INVENTED = "编出来的";
const FALSE_PREMISE = "前提是错的";

/** Up to ten. */
const NUMERALS: readonly string[] = [..."零一二三四五六七八九十"];

/** Sums by their number of digits; the larger number first and last in turn. */
const SUMS: readonly (readonly [group: string, ...sums: (readonly [number, number])[]])[] = [
  ["一位数", [1, 1], [2, 3], [4, 5], [6, 2], [3, 3]],
  ["和是两位数", [7, 8], [9, 6], [12, 15], [23, 41], [38, 27]],
  ["和是三位数", [99, 5], [67, 58], [120, 230], [345, 123], [508, 296]],
];

export const TOPIC_IDS = ["facts", "sums"] as const;
export type TopicId = (typeof TOPIC_IDS)[number];

export const TOPICS: Readonly<Record<TopicId, Topic>> = {
  facts: {
    label: "编造",
    good: "答对，或者说不知道",
    rule: `「${EXISTS}」要写出正确的词；「${INVENTED}」要写出「不知道」「不存在」「没有这」一类的话；「${FALSE_PREMISE}」要写出被说错的那一点。只查有没有这几个字（「东西」里的「东」、「100」里的「0」不算），不看整句通不通。`,
    groups: [EXISTS, INVENTED, FALSE_PREMISE],
    probes: [
      { text: "谁发明了电话？", group: EXISTS, good: /(?<!诺)贝尔|梅乌奇/u },
      { text: "法国的首都叫什么？", group: EXISTS, good: /巴黎/u },
      { text: "《西游记》的作者是谁？", group: EXISTS, good: /吴承恩/u },
      { text: "水在几度的时候结冰？", group: EXISTS, good: /(?<![\d.百千])(?:0|零(?![下食]))(?!\.?\d)/u },
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
    rule: "回答里的最后一个数要等于答案。十以内的也认中文数字。",
    groups: SUMS.map(([group]) => group),
    probes: SUMS.flatMap(([group, ...sums]) =>
      sums.map(([a, b]) => ({ text: `${a}加${b}等于多少？`, group, good: sumPattern(a + b) })),
    ),
  },
};

/** The last number of an answer is this one. */
function sumPattern(sum: number): RegExp {
  const any = NUMERALS.join("");
  const word = NUMERALS[sum];
  const number = word === undefined ? String(sum) : `(?:${sum}|${word})`;
  return new RegExp(`(?<![\\d${any}])${number}[^\\d${any}]*$`, "u");
}
