import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** How far a guess may be off, and of how many tokens a correlation says something. */
const [NEAR, FEWEST] = [0.2, 5];

/** A guess of how much attention agrees with occlusion, held against what the reader's own run has found. */
export function checkAgreement(
  text: string,
  read: { readonly tokens: readonly string[]; readonly tau: number | null } | undefined,
): Verdict {
  const guess = numberOf(text);
  if (guess === undefined || Math.abs(guess) > 1) return unusable("τ 在 −1 到 1 之间，比如 0.6。");
  if (!read || read.tokens.length < FEWEST) {
    return unusable(
      `猜的是 ${formatNumber(guess)}，先放在这里。到上面写一句 ${FEWEST} 个字以上的话，点「读这句话」，再来检查。`,
    );
  }
  if (read.tau === null) return unusable("这一句有一行处处相同，没有次序可比。换一句再试。");
  const said = `「${read.tokens.join("")}」的 τ 是 ${formatNumber(read.tau, 2)}`;
  const why = "注意力说从哪里取，不说取来的用在哪里，也不说少了它行不行。";
  if (Math.abs(guess - read.tau) <= NEAR) return right(`${said}。${why}`);
  return wrong(`${said}，你猜${guess < read.tau ? "低" : "高"}了。${why}`);
}
