import { softmax } from "../../../engine/decoding/softmax.ts";
import { EngineError } from "../../../engine/errors.ts";

/** How a second sentence goes with a first. */
export const KINDS = ["接着", "换了话题", "同话题，不接", "颠倒了次序"] as const;
export type Kind = (typeof KINDS)[number];

export interface Pair {
  readonly kind: Kind;
  readonly first: string;
  readonly second: string;
}

/** Whether the second sentence of a pair really follows the first. */
export function follows({ kind }: Pair): boolean {
  return kind === "接着";
}

/** A sentence, the one that follows it, and one about the same thing that does not. */
const STORIES: readonly (readonly [first: string, next: string, sameTopic: string])[] = [
  ["他走进厨房，打开了冰箱。", "里面只剩下一个鸡蛋。", "这种冰箱一天用一度电。"],
  ["小明昨天没有来上学。", "老师给他家里打了电话。", "这所学校有三十个班。"],
  ["天黑了，孩子们还没有回家。", "妈妈站在门口等他们。", "孩子们都喜欢吃糖。"],
  ["我们坐了一夜的火车。", "早上到北京的时候，天刚刚亮。", "坐火车比坐飞机便宜。"],
  ["酒店的房间很小，也不干净。", "第二天我们就换了一家。", "酒店离机场二十公里。"],
  ["医生看了看他的喉咙。", "然后给他开了三天的药。", "当医生要读很多年书。"],
  ["这本书我找了很久。", "最后在一家旧书店里找到了。", "读书是一个好习惯。"],
  ["外面下起了大雨。", "我们只好在屋里下棋。", "南方的雨比北方多。"],
  ["她把信读了两遍。", "然后把它放进了抽屉里。", "寄一封信要一块二毛钱。"],
  ["手机掉进了水里。", "捞上来以后，怎么也打不开了。", "这款手机有三种颜色。"],
  ["爷爷在院子里种了一棵苹果树。", "三年以后，树上结满了苹果。", "苹果里有很多维生素。"],
  ["比赛还有一分钟就要结束了。", "就在这时，他踢进了一个球。", "足球比赛一队有十一个人。"],
];

/** How many stories further on the sentence of another topic is taken from. */
const APART = 5;

/** Every story four times, once of each kind. */
export const PAIRS: readonly Pair[] = STORIES.flatMap(([first, next, sameTopic], i) => {
  const other = STORIES[(i + APART) % STORIES.length]!;
  return [
    { kind: "接着", first, second: next },
    { kind: "换了话题", first, second: other[1] },
    { kind: "同话题，不接", first, second: sameTopic },
    { kind: "颠倒了次序", first: next, second: first },
  ] as const;
});

/** A pair and the probability that the model gives to "it follows". */
export interface Judged {
  readonly pair: Pair;
  readonly probability: number;
}

/** Whether the model's verdict is right: it says "follows" above one half. */
export function isRight({ pair, probability }: Judged): boolean {
  return probability > 0.5 === follows(pair);
}

/**
 * The probability of "it follows".
 *
 * @param logits of "it follows" and "it does not", as the head gives them
 * @throws EngineError `unsupported-model` if the model has no such head
 */
export function followProbability(logits: Float32Array | null): number {
  if (!logits) throw new EngineError("unsupported-model", "这个模型没有下一句预测的头");
  return softmax(logits)[0]!;
}
