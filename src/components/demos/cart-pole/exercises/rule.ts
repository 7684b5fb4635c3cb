import { Random } from "../../../../engine/random.ts";
import { CartPole, type CartPoleState, drawStart } from "../../../../engine/rl/cart-pole.ts";
import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { endingOf } from "../episode.ts";
import { SOLVED } from "../metrics.ts";

const EPISODES = 100;

/** A rule without any training: push to the right where the weighted sum of the four numbers is positive. */
export type Rule = readonly [position: number, velocity: number, angle: number, angularVelocity: number];

/** How the episodes went, from the same starts each time. */
export function tryRule(rule: Rule): { readonly mean: number; readonly endings: ReadonlyMap<string, number> } {
  const random = new Random(1);
  const endings = new Map<string, number>();
  let steps = 0;
  for (let episode = 0; episode < EPISODES; episode++) {
    const cart = new CartPole(drawStart(random));
    for (let over = false; !over; ) {
      const { terminated, truncated } = cart.step(sum(rule, cart.state) > 0 ? 1 : 0);
      over = terminated || truncated;
    }
    steps += cart.steps;
    const ending = endingOf(cart.state, cart.steps);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  return { mean: steps / EPISODES, endings };
}

/** Whether the rule solves CartPole. */
export function checkRule(rule: Rule): Verdict {
  if (rule.every((weight) => weight === 0)) return unusable("四个数都是 0，车只会往左推。先改几个。");
  const { mean, endings } = tryRule(rule);
  const list = [...endings].sort((a, b) => b[1] - a[1]).map(([ending, count]) => `${ending} ${count} 局`);
  const report = `${EPISODES} 局平均 ${formatNumber(mean, 1)} 步：${list.join("，")}。`;
  return mean >= SOLVED ? right(report) : wrong(report);
}

function sum(rule: Rule, state: CartPoleState): number {
  return rule.reduce((total, weight, i) => total + weight * state[i]!, 0);
}
