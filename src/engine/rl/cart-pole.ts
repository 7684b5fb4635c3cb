import type { Random } from "../random.ts";

/** Gravity in m/s², masses in kg, lengths in m, force in N, times in s, angles in rad: the constants of Gymnasium's CartPole-v1. */
export const CART_POLE = {
  gravity: 9.8,
  cartMass: 1,
  poleMass: 0.1,
  /** From the joint to the pole's centre of mass: half of its length. */
  poleHalfLength: 0.5,
  force: 10,
  timeStep: 0.02,
  /** Beyond this, to either side, an episode is lost. */
  maxPosition: 2.4,
  maxAngle: (12 * 2 * Math.PI) / 360,
  /** An episode that lasts this many steps is cut off. */
  maxSteps: 500,
  /** A start is drawn from within ± this, each of the four numbers. */
  startRange: 0.05,
} as const;

/** Position and velocity of the cart (right is positive), angle and angular velocity of the pole (clockwise is positive, 0 is upright). */
export type CartPoleState = readonly [position: number, velocity: number, angle: number, angularVelocity: number];

export const STATE_SIZE = 4;

/** 0 pushes to the left, 1 to the right. */
export type CartPoleAction = 0 | 1;

export interface CartPoleStep {
  readonly reward: number;
  /** The pole fell or the cart left the track: what follows is worth nothing. */
  readonly terminated: boolean;
  /** The clock stopped the episode, which could have gone on: what would have followed has its worth. */
  readonly truncated: boolean;
}

// #region physics
/**
 * The next state under a constant force for one time step: the equations of motion of Barto, Sutton & Anderson 1983 without friction,
 * in the form of Florian 2007, integrated by Euler's method.
 */
export function advance([position, velocity, angle, angularVelocity]: CartPoleState, force: number): CartPoleState {
  const { gravity, cartMass, poleMass, poleHalfLength, timeStep } = CART_POLE;
  const mass = cartMass + poleMass;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const pushed = (force + poleMass * poleHalfLength * angularVelocity ** 2 * sine) / mass;
  const angularAcceleration =
    (gravity * sine - cosine * pushed) / (poleHalfLength * (4 / 3 - (poleMass * cosine ** 2) / mass));
  const acceleration = pushed - (poleMass * poleHalfLength * angularAcceleration * cosine) / mass;
  return [
    position + timeStep * velocity,
    velocity + timeStep * acceleration,
    angle + timeStep * angularVelocity,
    angularVelocity + timeStep * angularAcceleration,
  ];
}
// #endregion

/** Whether the pole has fallen or the cart has left the track. */
export function isLost([position, , angle]: CartPoleState): boolean {
  return Math.abs(position) > CART_POLE.maxPosition || Math.abs(angle) > CART_POLE.maxAngle;
}

/** A start close to standing still in the middle, each number uniform within ± 0.05. */
export function drawStart(random: Random): CartPoleState {
  const near = (): number => CART_POLE.startRange * (2 * random.uniform() - 1);
  return [near(), near(), near(), near()];
}

/** CartPole-v1: every step is rewarded with 1, the last one, too. */
export class CartPole {
  state: CartPoleState;
  /** Steps taken in this episode. */
  steps = 0;

  constructor(start: CartPoleState) {
    this.state = start;
  }

  reset(start: CartPoleState): void {
    this.state = start;
    this.steps = 0;
  }

  step(action: CartPoleAction): CartPoleStep {
    this.state = advance(this.state, action === 1 ? CART_POLE.force : -CART_POLE.force);
    this.steps++;
    const terminated = isLost(this.state);
    return { reward: 1, terminated, truncated: !terminated && this.steps >= CART_POLE.maxSteps };
  }
}
