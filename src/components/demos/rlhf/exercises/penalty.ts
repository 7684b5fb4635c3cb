import { tokenRewards } from "../../../../engine/rl/token-rewards.ts";
import { checkBy, type NumberQuestion } from "../../../kit/exercise/number-question.ts";
import { formatNumber } from "../../../kit/text/format.ts";

/** An answer of three tokens: what the policy and the reference gave each, as probabilities. */
const TOKENS: readonly { readonly policy: number; readonly reference: number }[] = [
  { policy: 0.5, reference: 0.25 },
  { policy: 0.3, reference: 0.3 },
  { policy: 0.2, reference: 0.4 },
];
const KL_WEIGHT = 0.1;
const REWARD = 1;

/** The last token's reward, as the engine computes it. */
export function lastReward(): number {
  const logProbs = TOKENS.map(({ policy }) => Math.log(policy));
  const reference = TOKENS.map((token) => Math.log(token.reference));
  return tokenRewards({ logProbs, reference, reward: REWARD }, KL_WEIGHT).at(-1)!;
}

/** The reward of one token, KL penalty included. */
export const PENALTY: NumberQuestion = {
  label: "最后一个词元的奖励",
  example: 0.9,
  check: checkBy({
    answer: lastReward(),
    tolerance: 0.002,
    right: `ln(0.2/0.4) = −0.693，乘 −0.1 是 +0.069，再加上 1，得 ${formatNumber(lastReward(), 3)}。策略在这个词元上比参照更保守，惩罚反而是正的；平均起来才总是罚。`,
    mistakes: [
      [2 * REWARD - lastReward(), "符号反了：扣的是 β(ln π − ln π_ref)，而 ln π − ln π_ref 在这里是负的。"],
      [REWARD, "忘了 KL 那一项：每个词元都有，最后一个也有。"],
      [lastReward() - REWARD, "这只是 KL 那一项。最后一个词元还有奖励模型给的 1 分。"],
    ],
    otherwise: "最后一个词元：奖励模型的 1 分，减去 0.1 乘 ln(0.2/0.4)。",
  }),
};
