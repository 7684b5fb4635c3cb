import { tokenRewards } from "../../../../engine/rl/token-rewards.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** An answer of three tokens: what the policy and the reference gave each, as probabilities. */
export const TOKENS: readonly { readonly policy: number; readonly reference: number }[] = [
  { policy: 0.5, reference: 0.25 },
  { policy: 0.3, reference: 0.3 },
  { policy: 0.2, reference: 0.4 },
];
const BETA = 0.1;
const REWARD = 1;
const TOLERANCE = 0.002;

/** The last token's reward, as the engine computes it. */
export function lastReward(klWeight = BETA): number {
  const logProbs = TOKENS.map(({ policy }) => Math.log(policy));
  const reference = TOKENS.map((token) => Math.log(token.reference));
  return tokenRewards({ logProbs, reference, reward: REWARD }, klWeight).at(-1)!;
}

export function checkPenalty(answer: string): Verdict {
  const text = answer.normalize("NFKC").replace("−", "-").trim();
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) return unusable("请写一个数，比如 0.9。");
  const is = (other: number): boolean => Math.abs(value - other) <= TOLERANCE;
  if (is(lastReward())) {
    return right(
      `ln(0.2/0.4) = −0.693，乘 −0.1 是 +0.069，再加上 1，得 ${formatNumber(lastReward(), 3)}。策略在这个词元上比参照更保守，惩罚反而是正的；平均起来才总是罚。`,
    );
  }
  if (is(2 * REWARD - lastReward()))
    return wrong("符号反了：扣的是 β(ln π − ln π_ref)，而 ln π − ln π_ref 在这里是负的。");
  if (is(REWARD)) return wrong("忘了 KL 那一项：每个词元都有，最后一个也有。");
  if (is(lastReward() - REWARD)) return wrong("这只是 KL 那一项。最后一个词元还有奖励模型给的 1 分。");
  return wrong("最后一个词元：奖励模型的 1 分，减去 0.1 乘 ln(0.2/0.4)。");
}
