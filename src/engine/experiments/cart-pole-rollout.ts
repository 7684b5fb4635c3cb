import { EngineError } from "../errors.ts";
import type { PolicyAndValue } from "../models/policy.ts";
import type { Random } from "../random.ts";
import { CartPole, type CartPoleAction, type CartPoleState, drawStart, STATE_SIZE } from "../rl/cart-pole.ts";
import type { Trajectories } from "../rl/gae.ts";
import { Tape } from "../tensor/tape.ts";
import { nextTurn } from "./experiment.ts";

/** Steps of all carts after which others have their turn: on the CPU nothing else in here lets them in. */
const STEPS_PER_TURN = 16;

/** What some carts did, one number per step; number t of cart c lies at t · carts + c. */
export interface CartPoleRollout extends Trajectories {
  /** [steps, 4] */
  readonly observations: Float32Array;
  readonly actions: Int32Array;
  /** log p(action). */
  readonly logProbs: Float32Array;
  /** Lengths, which are returns, of the episodes that ended here, in the order in which they ended. */
  readonly finished: readonly number[];
}

// #region rollout
/** Lets the carts play `horizon` steps by the policy; they go on where they were, and a cart whose episode ends gets a new start. */
export async function playRollout(
  networks: PolicyAndValue,
  carts: readonly CartPole[],
  horizon: number,
  random: Random,
): Promise<CartPoleRollout> {
  const [sequences, steps] = [carts.length, carts.length * horizon];
  const observations = new Float32Array(steps * STATE_SIZE);
  const actions = new Int32Array(steps);
  const logProbs = new Float32Array(steps);
  const rewards = new Float32Array(steps);
  const ends = new Uint8Array(steps);
  const finished: number[] = [];
  /** States that follow a step but open no other: the last ones, and those at which the clock stopped. */
  const followers: { readonly step: number; readonly state: CartPoleState }[] = [];

  for (let t = 0; t < horizon; t++) {
    const now = observe(carts);
    observations.set(now, t * now.length);
    const logits = await actionLogits(networks, now);
    for (const [c, cart] of carts.entries()) {
      const i = t * sequences + c;
      const { action, logProb } = drawAction(logits[2 * c]!, logits[2 * c + 1]!, random);
      const { reward, terminated, truncated } = cart.step(action);
      actions[i] = action;
      logProbs[i] = logProb;
      rewards[i] = reward;
      if (!terminated && (truncated || t === horizon - 1)) followers.push({ step: i, state: cart.state });
      if (terminated || truncated) {
        ends[i] = 1;
        finished.push(cart.steps);
        cart.reset(drawStart(random));
      }
    }
    if ((t + 1) % STEPS_PER_TURN === 0) await nextTurn();
  }

  // One call for all values: those of the states played, and of the states that follow.
  const extra = followers.flatMap(({ state }) => state);
  const all = await stateValues(networks, Float32Array.from([...observations, ...extra]));
  const values = all.slice(0, steps);
  const nextValues = values.map((_, i) => (ends[i] ? 0 : (values[i + sequences] ?? 0)));
  for (const [f, { step }] of followers.entries()) nextValues[step] = all[steps + f]!;
  return { sequences, observations, actions, logProbs, rewards, values, nextValues, ends, finished };
}
// #endregion

/** How one episode went. */
export interface CartPoleEpisode {
  /** [steps + 1, 4]: the start, and the state after each step. */
  readonly states: Float32Array;
  /** 0 or 1 for each step. */
  readonly actions: Uint8Array;
  /** Cut off by the clock, not lost. */
  readonly truncated: boolean;
}

/**
 * Whole episodes, side by side, one from each start.
 * @param random draws the actions; null to take the likelier one always
 */
export async function playEpisodes(
  networks: PolicyAndValue,
  starts: readonly CartPoleState[],
  random: Random | null,
): Promise<CartPoleEpisode[]> {
  const all = starts.map((start) => ({
    cart: new CartPole(start),
    states: [...start],
    actions: [] as CartPoleAction[],
    truncated: false,
  }));
  let playing = all;
  for (let t = 1; playing.length > 0; t++) {
    const logits = await actionLogits(networks, observe(playing.map(({ cart }) => cart)));
    playing = playing.filter((episode, i) => {
      const [left, right] = [logits[2 * i]!, logits[2 * i + 1]!];
      const action = random ? drawAction(left, right, random).action : right > left ? 1 : 0;
      const { terminated, truncated } = episode.cart.step(action);
      for (const value of episode.cart.state) episode.states.push(value);
      episode.actions.push(action);
      episode.truncated = truncated;
      return !terminated && !truncated;
    });
    if (t % STEPS_PER_TURN === 0) await nextTurn();
  }
  return all.map(({ states, actions, truncated }) => ({
    states: Float32Array.from(states),
    actions: Uint8Array.from(actions),
    truncated,
  }));
}

/** Probability of a push to the right at each state. @param observations [states, 4] */
export async function pushesRight(networks: PolicyAndValue, observations: Float32Array): Promise<Float32Array> {
  const logits = await actionLogits(networks, observations);
  return Float32Array.from({ length: logits.length / 2 }, (_, i) => sigmoid(logits[2 * i + 1]! - logits[2 * i]!));
}

/** @param observations [states, 4] @returns [states] */
export function stateValues(networks: PolicyAndValue, observations: Float32Array): Promise<Float32Array> {
  return infer(networks, observations, "value");
}

/** @returns [states, 2] @throws EngineError `diverged` if one is not finite */
async function actionLogits(networks: PolicyAndValue, observations: Float32Array): Promise<Float32Array> {
  const logits = await infer(networks, observations, "policy");
  if (!logits.every(Number.isFinite)) throw new EngineError("diverged");
  return logits;
}

async function infer(
  networks: PolicyAndValue,
  observations: Float32Array,
  part: "policy" | "value",
): Promise<Float32Array> {
  const { backend } = networks.parameters;
  const tape = new Tape(backend, "off");
  try {
    const input = tape.constant(observations, [observations.length / STATE_SIZE, STATE_SIZE]);
    const { storage } = networks[part](tape, input);
    const [output] = await backend.read([{ storage, offset: 0, length: storage.length }]);
    return output!;
  } finally {
    tape.dispose();
  }
}

function observe(carts: readonly CartPole[]): Float32Array {
  return Float32Array.from(carts.flatMap(({ state }) => state));
}

/** Draws one of two actions with softmax probabilities. */
function drawAction(left: number, right: number, random: Random): { action: CartPoleAction; logProb: number } {
  const action = random.uniform() < sigmoid(right - left) ? 1 : 0;
  // ln sigmoid(d), in the form that neither overflows nor loses small probabilities.
  const difference = action === 1 ? right - left : left - right;
  return { action, logProb: Math.min(difference, 0) - Math.log1p(Math.exp(-Math.abs(difference))) };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
