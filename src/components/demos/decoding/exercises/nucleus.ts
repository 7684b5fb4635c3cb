import { topP } from "../../../../engine/decoding/top-p.ts";
import type { Random } from "../../../../engine/random.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";

export interface Option {
  readonly token: string;
  /** Its probability in whole per cents. */
  readonly percent: number;
}

/** Which tokens does top-p leave of this distribution? All percentages differ, and no sum of the largest ones is exactly p. */
export interface Question {
  readonly options: readonly Option[];
  /** p in per cents. */
  readonly percent: number;
}

const TOKENS = ["春", "秋", "江", "山", "月", "风"];
const PERCENTS = [50, 60, 70, 80, 90];

/** Draws a question: a stick of length 100 broken at random places, and a p. */
export function drawQuestion(random: Pick<Random, "uniform">): Question {
  for (;;) {
    const cuts = TOKENS.slice(1).map(() => Math.ceil(99 * random.uniform()));
    const ends = [0, ...cuts, 100].sort((a, b) => a - b);
    const options = TOKENS.map((token, i) => ({ token, percent: ends[i + 1]! - ends[i]! }));
    const percent = PERCENTS[Math.floor(PERCENTS.length * random.uniform())]!;
    const different = new Set(options.map((option) => option.percent)).size === options.length;
    const positive = options.every((option) => option.percent > 0);
    if (different && positive && !runningSums(descending(options)).includes(percent)) return { options, percent };
  }
}

/** Whether the picked tokens are the ones that the engine's own filter leaves. */
export function checkNucleus({ options, percent }: Question, picked: readonly string[]): Verdict {
  if (picked.length === 0) return unusable("先点出你要留下的字。");
  const left = topP(
    Float32Array.from(options, (option) => Math.log(option.percent / 100)),
    percent / 100,
  );
  const kept = options.filter((_, i) => left[i] !== Number.NEGATIVE_INFINITY);

  const sorted = descending(options);
  const chosen = sorted.filter(({ token }) => picked.includes(token));
  if (chosen.length === kept.length && chosen.every((option) => kept.includes(option))) {
    const sums = runningSums(chosen).map((sum, i) => `${chosen[i]!.token} ${sum}%`);
    return right(`从大到小加：${sums.join("，")}，第一次到了 ${percent}%。`);
  }
  const total = runningSums(chosen).at(-1);
  const skipped = sorted.slice(0, chosen.length).find((option) => !chosen.includes(option));
  if (skipped) return wrong(`「${skipped.token}」更大，却没有留：top-p 从最大的留起，中间不跳过。`);
  if (chosen.length < kept.length) return wrong(`你留的合起来是 ${total}%，还没有到 ${percent}%。`);
  const last = chosen.at(-1)!;
  const rest = (total ?? 0) - last.percent;
  return wrong(`去掉「${last.token}」，剩下的合起来还有 ${rest}%，已经够 ${percent}% 了：top-p 要最小的一组。`);
}

function descending(options: readonly Option[]): Option[] {
  return options.toSorted((a, b) => b.percent - a.percent);
}

function runningSums(options: readonly Option[]): number[] {
  let sum = 0;
  return options.map(({ percent }) => {
    sum += percent;
    return sum;
  });
}
