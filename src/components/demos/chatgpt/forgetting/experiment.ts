import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { type Estimate, meanEstimate } from "../../../kit/text/statistics.ts";

/** What the text calls the person at its beginning: 小, and one of these two. */
export const NAMES: readonly (readonly [string, string])[] = [
  ["红", "明"],
  ["兰", "刚"],
  ["芳", "军"],
  ["林", "强"],
];

/** Characters between the name and the question. The last ones push it out of a context of 256 tokens. */
export const DISTANCES: readonly number[] = [0, 10, 20, 40, 80, 120, 160, 200, 240, 280];

/** Written by us; no person occurs in it. Cut where the distance wants it, from the front: its end always stands before the question. */
const FILLER =
  "山坡下面有一座旧房子，房子前面是一条小河。春天的时候，河边开满了黄色的花，风一吹，香味一直飘到桥上。夏天下过雨，水面上总有许多白色的鸟飞来飞去。秋天树叶落下来，铺满了门前的路，走在上面沙沙地响。冬天很安静，雪盖住了屋顶和院子，只有烟从烟囱里慢慢升起来。房子里有一张木头做的桌子，桌子上放着一盏灯和几本旧书。窗户朝着南边，太阳好的日子，光从早上一直照到傍晚。院子里有一口井，井边种着两棵枣树，枣子熟了的时候又红又甜。门口的石头路通向山上的果园，果园里有梨、苹果和桃子。路的另一头是村子里的小店，店里卖米、盐、糖和针线。每到过年，村子里挂满灯笼，远远看去像一条发光的河。";

const OPENING = (name: string): string => `住在这里的人叫小${name}。`;
const QUESTION = "住在这里的人叫什么？";
/** Begins the answer, so that the name itself comes next. */
const ANSWER = "小";

/**
 * The conversation about one name as the tuned model reads it: mark, text, mark, and the beginning of an answer. What does not fit into the
 * context is cut from the front of the text, as chat programs do.
 *
 * @param distance characters between name and question, at most `maxDistance`
 * @param context tokens that the model can read; every character is one
 */
export function conversation(name: string, distance: number, context: number): { text: string; nameFits: boolean } {
  const filler = [...FILLER].slice([...FILLER].length - distance);
  const characters = [...OPENING(name), ...filler, ...QUESTION];
  // The marks, and the beginning of the answer.
  const room = context - 2 - [...ANSWER].length;
  const cut = Math.max(0, characters.length - room);
  return {
    text: `[问]${characters.slice(cut).join("")}[答]${ANSWER}`,
    nameFits: cut <= characters.indexOf(name),
  };
}

/** The longest distance that there is text for. */
export const maxDistance = [...FILLER].length;

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
