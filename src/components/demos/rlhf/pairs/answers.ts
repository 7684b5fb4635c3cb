import { Random } from "../../../../engine/random.ts";
import type { Pair } from "../../../../engine/rl/bradley-terry.ts";

/** An answer to be judged. */
export interface Answer {
  readonly name: string;
  readonly text: string;
}

export const QUESTION = "溏心蛋要煮多久？";

/** Written by us to differ in what people weigh against each other: right or wrong, long or short, polite or not, useful or not. */
export const ANSWERS: readonly Answer[] = [
  { name: "甲", text: "水开后下锅，六分半钟，捞出来浸冰水。" },
  {
    name: "乙",
    text: "取室温的鸡蛋，水开后用勺子轻轻放下，中火煮六分半钟，捞出来马上浸冰水两分钟再剥壳。蛋大一点就多煮半分钟，刚从冰箱拿出来的多煮一分钟。",
  },
  {
    name: "丙",
    text: "您问得真好！溏心蛋是一道考验火候的美味，许多人都喜欢它。只要用心去做，掌握好时间，您一定能煮出让家人满意的溏心蛋，加油！",
  },
  { name: "丁", text: "冷水下锅，水开以后再煮二十分钟，蛋黄就是流心的。" },
  { name: "戊", text: "抱歉，我不能提供烹饪建议。" },
];

/** Characters of each answer. */
export const LENGTHS: readonly number[] = ANSWERS.map(({ text }) => [...text].length);

/** Example choices, so that their effect can be seen without making them. */
export const EXAMPLES = {
  consistent: { label: "前后一致", note: "乙 > 甲 > 丙 > 戊 > 丁，每对都比过", choices: fromOrder([1, 0, 2, 4, 3]) },
  cycle: { label: "转圈", note: "甲 > 乙，乙 > 丙，丙 > 甲", choices: pairs([0, 1], [1, 2], [2, 0]) },
  noisy: {
    label: "改过主意",
    note: "大多说乙比甲好、甲比丙好，也各有一次反的；谁都赢过，也都输过",
    choices: pairs([1, 0], [1, 0], [1, 0], [0, 1], [0, 2], [0, 2], [2, 0], [2, 4], [4, 2], [4, 3], [4, 3], [3, 4]),
  },
  longest: { label: "总选长的", note: "不管写了什么，每对里字多的赢", choices: fromOrder(byLength()) },
} as const;

export type ExampleName = keyof typeof EXAMPLES;

function byLength(): number[] {
  return ANSWERS.map((_, i) => i).sort((a, b) => LENGTHS[b]! - LENGTHS[a]!);
}

function fromOrder(order: readonly number[]): Pair[] {
  return order.flatMap((better, i) => order.slice(i + 1).map((worse) => ({ better, worse })));
}

function pairs(...list: readonly (readonly [better: number, worse: number])[]): Pair[] {
  return list.map(([better, worse]) => ({ better, worse }));
}

/**
 * The next pair to ask about: one of those compared least so far, in an order and with sides drawn by the seed, so that neither the first
 * place nor the left side is anybody's.
 */
export function nextPair(comparisons: readonly Pair[], seed: number): readonly [left: number, right: number] {
  const random = new Random(seed + comparisons.length);
  const candidates = ANSWERS.flatMap((_, a) => ANSWERS.slice(a + 1).map((_, i) => [a, a + 1 + i] as const)).map(
    ([a, b]) => ({
      pair: random.uniform() < 0.5 ? ([a, b] as const) : ([b, a] as const),
      asked: comparisons.filter(({ better, worse }) => (better === a && worse === b) || (better === b && worse === a))
        .length,
      lot: random.uniform(),
    }),
  );
  return candidates.reduce((best, one) =>
    one.asked < best.asked || (one.asked === best.asked && one.lot < best.lot) ? one : best,
  ).pair;
}

/** Comparisons as a link holds them: two digits each, the better first. */
export function writeComparisons(comparisons: readonly Pair[]): string {
  return comparisons.map(({ better, worse }) => `${better}${worse}`).join("");
}

/** What is no comparison is left out. */
export function readComparisons(text: string): Pair[] {
  return [...text.matchAll(/(\d)(\d)/g)]
    .map(([, better, worse]) => ({ better: Number(better), worse: Number(worse) }))
    .filter(({ better, worse }) => better !== worse && better < ANSWERS.length && worse < ANSWERS.length);
}
