import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { type Estimate, meanEstimate } from "../../../kit/text/statistics.ts";
import { leftOut } from "../talk/conversation.ts";

/** What somebody is called who says so at the beginning: 小, and one of these two. */
export const NAMES: readonly (readonly [string, string])[] = [
  ["红", "明"],
  ["兰", "刚"],
  ["芳", "军"],
  ["林", "强"],
];

/** Turns between the name and the question. The last ones push the name out of a context of 256 tokens. */
export const DISTANCES: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 10, 12, 14];

/** What is talked of in between, written by us; nobody is named in it. Cut from the front: its end always stands before the question. */
const FILLER: readonly (readonly [asked: string, answer: string])[] = [
  ["树叶到了秋天会怎么样？", "树叶会变黄，落到地上。"],
  ["喝汤用什么？", "喝汤用勺子。"],
  ["公园里有什么？", "有花，有树，还有长椅。"],
  ["兔子爱吃什么？", "兔子爱吃青草和萝卜。"],
  ["红灯亮了怎么办？", "停下来，等绿灯亮了再走。"],
  ["西瓜是什么味道的？", "西瓜是甜的。"],
  ["星期三的后面是星期几？", "是星期四。"],
  ["夏天热了可以吹什么？", "可以吹电风扇。"],
  ["谁在学校里上课？", "老师给同学们上课。"],
  ["五加四等于几？", "五加四等于九。"],
  ["雪是什么颜色的？", "雪是白色的。"],
  ["书可以在哪里借？", "可以在图书馆借。"],
  ["怎样保护牙齿？", "早晚刷牙，少吃糖。"],
  ["早上起床先做什么？", "先穿衣服，再刷牙洗脸。"],
];

const turn = (asked: string, answer: string): string => `[问]${asked}[答]${answer}[END]`;
const OPENING = (name: string): string => turn(`你好，我叫小${name}。`, "你好，很高兴认识你。");
/** Begins the answer, so that the name itself comes next. */
const ASKED = "[问]我叫什么名字？[答]你叫小";

/** The conversation as the tuned model reads it, and whether the name is still in it. */
export interface Conversation {
  readonly text: string;
  readonly nameFits: boolean;
}

/**
 * The conversation about one name as the tuned model reads it, with the beginning of its answer. Turns that do not fit into the context are left out
 * from the front, as chat programs do.
 *
 * @param distance turns between name and question, at most `maxDistance`
 * @param context tokens that the model can read
 */
export function conversation(name: string, distance: number, context: number): Conversation {
  const turns = [OPENING(name), ...FILLER.slice(FILLER.length - distance).map((one) => turn(...one))];
  const left = leftOut(turns.map(lengthOf), lengthOf(ASKED), context);
  return { text: [...turns.slice(left), ASKED].join(""), nameFits: left === 0 };
}

/** In tokens: every mark is one, and so is every character. */
function lengthOf(text: string): number {
  return [...text.replaceAll(/\[(?:END|[问答])\]/gu, "□")].length;
}

/** The longest distance that there are turns for. */
export const maxDistance = FILLER.length;

/**
 * By how much the name at the beginning still matters: how far the model leans to the first name rather than the second, in nats of
 * log-odds, when the text has named the first, minus the same when it has named the second, halved. 0: it makes no difference.
 *
 * @param logits next-token logits, by which of the two names the text has
 * @param ids of the two names
 */
export function lean(logits: readonly [Float32Array, Float32Array], ids: readonly [number, number]): number {
  const [first, second] = logits.map((row) => {
    const logP = logSoftmax(row);
    return (logP[ids[0]] ?? 0) - (logP[ids[1]] ?? 0);
  });
  return ((first ?? 0) - (second ?? 0)) / 2;
}

/** What was measured at one distance. */
export interface Point extends Estimate {
  readonly distance: number;
  /** Whether the name is still in what the model reads. */
  readonly inside: boolean;
}

/** @param leans of the pairs of names, at least one */
export function pointOf(distance: number, inside: boolean, leans: readonly number[]): Point {
  const estimate = meanEstimate(leans);
  if (!estimate) throw new RangeError("a point needs a pair of names");
  return { distance, inside, ...estimate };
}
