import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import type { Compared } from "../parity/compare.ts";
import { ROWS } from "../parity/rows.ts";

/** How far a guess may be off. */
const NEAR = 0.15;

/** A guess of how much two samplings of one method agree, held against what the reader's own run has found. */
export function checkLuck(text: string, compared: Compared | undefined): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || Math.abs(guess) > 1) return unusable("τ 在 −1 到 1 之间，比如 0.8。");
  if (!compared || ROWS[compared.row].kind !== "lime-own") {
    return unusable(
      `猜的是 ${formatNumber(guess)}，先放在这里。到上面选「${ROWS["lime-own"].short}」和一句话，点「用引擎算一遍」，算完再来检查。`,
    );
  }
  const { tau } = compared;
  if (tau === null) return unusable("这一句的数处处相同，没有次序可比。换一句再试。");
  const said = `「${compared.text}」，两次抽样的次序，τ 是 ${formatNumber(tau, 2)}`;
  const why = "同一种方法，同一个模型，只有抽到的样本不同。大小相近的字，名次就会换。";
  if (Math.abs(guess - tau) <= NEAR) return right(`${said}。${why}`);
  return wrong(`${said}，你猜${guess < tau ? "低" : "高"}了。${why}`);
}
