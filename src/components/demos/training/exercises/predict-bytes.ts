import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { numberOf } from "../../../kit/text/number-of.ts";
import type { Run } from "../units/units.ts";

/** How far a guess may be off, in bits per character. */
const NEAR = 0.4;

/**
 * A guess of how many bits per character the model of bytes needs more than the one of characters, held against the reader's own training.
 *
 * @param runs of bytes and of characters, in this order; others behind them
 * @param steps that they were to make
 */
export function checkBytes(text: string, runs: readonly Run[], steps: number): Verdict {
  const guess = numberOf(text);
  if (guess === undefined) return unusable("请写差几比特，比如 1；猜字节那个更好，就写负数，比如 −1。");
  const [bytes, characters] = runs.map(({ records }) => records.at(-1));
  if (steps === 0 || bytes?.step !== steps || characters?.step !== steps) {
    return unusable(`猜的是 ${formatNumber(guess)}，先放在这里。到上面点「开始」，训练完了再来检查。`);
  }
  const [own, other] = [bytes.bitsPerCharacter, characters.bitsPerCharacter];
  const difference = own - other;
  const two = (value: number): string => formatNumber(value, 2);
  const said = `按字节是每个字 ${two(own)} 比特，按字是 ${two(other)} 比特，差 ${two(difference)}`;
  if (Math.abs(guess - difference) <= NEAR) return right(`${said}。`);
  return wrong(`${said}，你猜${guess < difference ? "低" : "高"}了。`);
}
