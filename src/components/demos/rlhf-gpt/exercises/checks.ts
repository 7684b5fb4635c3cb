import { breakEven } from "../../../../engine/experiments/best-of-n-comparison.ts";
import { bestOfN } from "../../../../engine/rl/best-of-n.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** The number that was typed; undefined if it is none. */
function read(text: string): number | undefined {
  const written = text.trim().replace("−", "-");
  const value = Number(written);
  return written === "" || !Number.isFinite(value) ? undefined : value;
}

const NO_NUMBER = unusable("写一个数，比如 0.25。");

/** Two ends of a training: where the penalty makes them worth the same. */
export const PRICE = { before: 0.5, after: 0.9, kl: 8 } as const;

/** What β makes a reward gained worth exactly its KL divergence. */
export function checkPrice(text: string): Verdict {
  const beta = read(text);
  if (beta === undefined) return NO_NUMBER;
  const price = (PRICE.after - PRICE.before) / PRICE.kl;
  if (Math.abs(beta - price) < 0.0005) return right("涨了 0.4，走了 8 纳特：每纳特值 0.05。β 比这大，原地不动更合算。");
  const net = PRICE.after - beta * PRICE.kl;
  return wrong(
    `这个 β 下，练过的净得 ${formatNumber(net, 3)}，没练的净得 ${formatNumber(PRICE.before, 3)}，${net > PRICE.before ? "还是练过的合算" : "反而不如没练的"}。`,
  );
}

export const FOUR_REWARDS = [0.2, 0.4, 0.6, 1] as const;

/** The mean of the best of two out of four. */
export function checkBestOfTwo(text: string): Verdict {
  const answer = read(text);
  if (answer === undefined) return NO_NUMBER;
  const value = bestOfN(FOUR_REWARDS)[1]!;
  if (Math.abs(answer - value) < 0.005) return right("六对里的最大值是 0.4、0.6、1、0.6、1、1，平均 4.6/6。");
  const [mean, best] = [0.55, 1];
  if (Math.abs(answer - mean) < 0.005) return wrong("这是一条的平均，也就是 n = 1。");
  if (Math.abs(answer - best) < 0.005) return wrong("这是四条里最好的，也就是 n = 4。");
  return wrong("四条里取两条，有六种取法。每种留下大的，再平均。");
}

export const COST = { training: 120, n: 16, perReview: 0.05 } as const;

/** Reviews after which a training has paid. */
export function checkCost(text: string): Verdict {
  const answer = read(text);
  if (answer === undefined) return NO_NUMBER;
  const { training, n, perReview } = COST;
  const reviews = breakEven(training, n, perReview);
  if (Math.abs(answer - reviews) < 0.5) return right("每条省下 15 次，也就是 0.75 秒；120 秒省 160 回。");
  if (Math.abs(answer - training / (n * perReview)) < 0.5)
    return wrong("练过的模型自己也要写一条：每条省下的是 15 次，不是 16 次。");
  return wrong("先算每要一条好评，best-of-16 比练过的模型多写几条，多花几秒。");
}
