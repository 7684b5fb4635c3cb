import { CART_POLE } from "../../../engine/rl/cart-pole.ts";

/** Angular velocities up to here are drawn, in rad/s. */
export const MAX_ANGULAR_VELOCITY = 2.5;
const CELLS = 48;

/** Asks for the field at one position (m) and velocity (m/s) of the cart. */
export function fieldQuestion(position: number, velocity: number) {
  return {
    kind: "field",
    position,
    velocity,
    maxAngle: CART_POLE.maxAngle,
    maxAngularVelocity: MAX_ANGULAR_VELOCITY,
    cells: CELLS,
  } as const;
}
