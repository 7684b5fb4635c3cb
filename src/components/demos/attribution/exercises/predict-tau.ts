import { kendall } from "../../../../engine/analysis/rank-correlation.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import { type Explained, valuesOf } from "../../../subjects/attribution/explain.ts";

/** Of fewer tokens a few pairs decide everything. */
const FEWEST = 5;
/** How far a guess may be off. */
const NEAR = 0.2;

/** A guess of how much occlusion agrees with the exact values, held against what the reader's own run has found. */
export function checkTau(text: string, explained: Explained | undefined, randomized: boolean): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || Math.abs(guess) > 1) return unusable("τ 在 −1 到 1 之间，比如 0.6。");
  const [values, exact] = (["occlusion", "shapley"] as const).map((method) => explained && valuesOf(explained, method));
  if (!values || !exact || values.length < FEWEST || randomized) {
    return unusable(
      `猜的是 ${formatNumber(guess)}，先放在这里。到上面写一句 ${FEWEST} 到 12 个字的话，不要随机化权重，点「解释这句话」，算完再来检查。`,
    );
  }
  const measured = kendall(values, exact);
  if (measured === null) return unusable("这一句的图处处相同，没有次序可比。换一句再试。");
  const said = `「${explained!.tokens.join("")}」的遮挡和真值，τ 是 ${formatNumber(measured, 2)}`;
  const why =
    "遮挡只问少了一个字会怎样，Shapley 值把其余的字在不在的各种情形都问到。字和字互相牵连得多，两张图就容易不像。";
  if (Math.abs(guess - measured) <= NEAR) return right(`${said}。${why}`);
  return wrong(`${said}，你猜${guess < measured ? "低" : "高"}了。${why}`);
}
