import type { CartPoleEpisode } from "../../../engine/experiments/cart-pole-rollout.ts";
import { CART_POLE, type CartPoleState, isLost, STATE_SIZE } from "../../../engine/rl/cart-pole.ts";

/** The state after so many steps of an episode; 0 is its start. */
export function stateAt({ states }: Pick<CartPoleEpisode, "states">, step: number): CartPoleState {
  const [position = 0, velocity = 0, angle = 0, angularVelocity = 0] = states.subarray(
    step * STATE_SIZE,
    (step + 1) * STATE_SIZE,
  );
  return [position, velocity, angle, angularVelocity];
}

/** How an episode ended, in a few words. */
export function endingOf(state: CartPoleState, steps: number): string {
  if (!isLost(state)) return steps >= CART_POLE.maxSteps ? `到了 ${CART_POLE.maxSteps} 步，没有倒` : "还没有结束";
  return Math.abs(state[0]) > CART_POLE.maxPosition ? "车出了轨道" : "杆子倒了";
}
