import type { CartPoleField } from "../../../engine/experiments/cart-pole.ts";
import { CART_POLE } from "../../../engine/rl/cart-pole.ts";
import { maxOf, mean, minOf } from "../../../engine/statistics.ts";
import { signedScale } from "../../figures/colors.ts";
import { cellPaths, type StepPath } from "../../figures/heat.ts";
import { formatNumber } from "../../kit/text/format.ts";

/** Angular velocities up to here are drawn, in rad/s. */
export const MAX_ANGULAR_VELOCITY = 2.5;
const CELLS = 48;

/** Which of the two networks is looked at. */
export type Network = "policy" | "value";

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

/** The field as coloured cells: blue-green where the policy pushes to the right, or where the value is above its mean. */
export function fieldPaths({ cells, right, values }: CartPoleField, network: Network): StepPath[] {
  if (network === "policy")
    return cellPaths(
      right.map((p) => 2 * p - 1),
      cells,
      signedScale(1),
    );
  const middle = mean(values);
  const above = values.map((value) => value - middle);
  return cellPaths(above, cells, signedScale(maxOf(above.map(Math.abs)) || 1));
}

/** What the field shows, in words. */
export function tellField(field: CartPoleField | undefined, network: Network): string {
  const axes = "横轴是角度（度），纵轴是角速度（度/秒）";
  if (!field) return `${network === "policy" ? "策略场" : "价值场"}：${axes}。`;
  if (network === "value") {
    const { values } = field;
    const ends = [minOf(values), mean(values), maxOf(values)].map((value) => formatNumber(value, 1));
    return `价值场：价值网络估的回报，从 ${ends[0]} 到 ${ends[2]}；比平均 ${ends[1]} 大的是青色，小的是棕色。${axes}。`;
  }
  const share = field.right.filter((p) => p > 0.5).length / field.right.length;
  return `策略场：往右推的概率，${axes}；现在 ${Math.round(100 * share)}% 的格子偏向往右。线是正在播放的那一局走过的地方。`;
}
