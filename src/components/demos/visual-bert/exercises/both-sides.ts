import { right, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatPercent } from "../../../kit/text/format.ts";

/** What a model thinks of the reader's character in the reader's gap. */
export interface Opinion {
  /** Where it stands among all tokens, from 0. */
  readonly place: number;
  readonly probability: number;
  /** The likeliest token. */
  readonly best: string;
}

/** Where GPT must not have the answer for BERT's knowledge to have come from the right. */
const GPT_MISSES = 5;

/** Cuts a sentence such as 「我[雨]…」 at its one character in square brackets: what stands before, the answer, what follows. */
export function cutSentence(sentence: string): { left: string; answer: string; right: string } | null {
  const parts = /^([^[\]]*)\[([^[\]])\]([^[\]]*)$/u.exec(sentence.trim());
  return parts ? { left: parts[1]!, answer: parts[2]!, right: parts[3]! } : null;
}

/** Right if BERT's first guess is the answer and GPT's first five hold it not. */
export function judge(answer: string, bert: Opinion, gpt: Opinion): Verdict {
  const said = `BERT 最先猜「${bert.best}」，「${answer}」排第 ${bert.place + 1}（${formatPercent(bert.probability)}）；GPT 最先猜「${gpt.best}」，「${answer}」排第 ${gpt.place + 1}（${formatPercent(gpt.probability)}）。`;
  if (bert.place > 0) return wrong(`${said}BERT 还没有猜对：在右边多给一点线索。`);
  if (gpt.place < GPT_MISSES) return wrong(`${said}GPT 只看左边也想到了：把线索从左边挪到右边。`);
  return right(`${said}线索在右边，GPT 看不见。`);
}
