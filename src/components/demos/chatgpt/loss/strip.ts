import { signedScale } from "../../../figures/colors.ts";
import type { StripToken } from "../../../kit/frame/types.ts";
import { formatChange, formatPercent } from "../../../kit/text/format.ts";
import type { Scored } from "./account.ts";

/** Of changes of a log-probability: twenty times as likely has the full colour. */
export const CHANGE = signedScale(3);

/** An answer, each token with how much more, or less, likely the tuned model finds it, in nats. */
export function changeStrip({ tokens, base, chat }: Omit<Scored, "reference">): StripToken[] {
  return tokens.map((text, i) => {
    const [before, after] = [base[i] ?? 0, chat[i] ?? 0];
    return {
      text,
      special: i === tokens.length - 1,
      value: after - before,
      note: `${formatPercent(Math.exp(before))} → ${formatPercent(Math.exp(after))}，ln p ${formatChange(after - before, 2)}`,
    };
  });
}
