import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import type { Stage } from "../overview.ts";

/** The sentence that the page begins with, and the same with two of its characters changed about. */
export const SWAP = { before: "猫坐在[MASK]子上", after: "猫在坐[MASK]子上" } as const;

/** What is to be predicted: in how many rows tensors of the first block move. */
export const ASKED = [
  { label: "词嵌入", trace: "embed", why: "两个位置上的编号都换了，所以变两行。" },
  { label: "位置嵌入", trace: "pos_embed", why: "位置嵌入只看排第几，不看写的是什么字。" },
  {
    label: "注意力之后的残差 + 归一化",
    trace: "blocks.0.ln1.normalized",
    why: "每个词元都从这两个字取了一份值，所以每一行都变。",
  },
] as const;

/** The reader's own run: which sentences were compared, and how many rows moved at every stage. */
export interface OwnRun {
  readonly before: string;
  readonly after: string;
  readonly stages: readonly Pick<Stage, "trace" | "changed">[];
}

/** Predictions of rows that move, in the order of `ASKED`. @param run of the page, once there is one to compare with */
export function checkRows(texts: readonly string[], run: OwnRun | undefined): Verdict {
  const guesses = texts.map(numberOf);
  if (guesses.some((guess) => guess === undefined || !Number.isInteger(guess) || guess < 0))
    return unusable("三个空都写一个整数，比如 1。");
  if (run?.before !== SWAP.before || run.after !== SWAP.after)
    return unusable(`猜的先放在这里。运行「${SWAP.before}」，再换成「${SWAP.after}」，读完了来检查。`);
  const measured = ASKED.map(({ trace }) => run.stages.find((stage) => stage.trace === trace)?.changed);
  const missed = ASKED.findIndex((_, i) => guesses[i] !== measured[i]);
  const { label, why } = ASKED[missed] ?? {};
  if (label === undefined) return right(`量到的是 ${measured.join("、")} 行。${ASKED.map((one) => one.why).join("")}`);
  return wrong(`「${label}」量到的是变了 ${measured[missed]} 行，你猜的是 ${guesses[missed]} 行。${why}`);
}
