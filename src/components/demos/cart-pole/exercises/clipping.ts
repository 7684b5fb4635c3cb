import { right, unusable, type Verdict, wrong } from "../../../kit/exercise/verdict.ts";
import { formatNumber } from "../../../kit/text/format.ts";

const CLIP_RANGE = 0.2;

/** A step as the objective sees it. */
export interface Case {
  readonly name: string;
  /** p(action) now / when it was taken. */
  readonly ratio: number;
  readonly advantage: number;
}

export const CASES: readonly Case[] = [
  { name: "甲", ratio: 1.5, advantage: 1 },
  { name: "乙", ratio: 1.5, advantage: -1 },
  { name: "丙", ratio: 1.1, advantage: 1 },
  { name: "丁", ratio: 0.6, advantage: 1 },
  { name: "戊", ratio: 0.6, advantage: -1 },
  { name: "己", ratio: 0.9, advantage: -1 },
];

/** PPO's clipped objective for one step. */
export function objective(ratio: number, advantage: number): number {
  const clipped = Math.min(1 + CLIP_RANGE, Math.max(1 - CLIP_RANGE, ratio));
  return Math.min(ratio * advantage, clipped * advantage);
}

/** Its slope over the ratio, as a difference: away from the corners it is exact. */
export function slope({ ratio, advantage }: Case): number {
  const h = 1e-4;
  return (objective(ratio + h, advantage) - objective(ratio - h, advantage)) / (2 * h);
}

/** Whether the picked cases are those in which no gradient flows. */
export function checkClipping(picked: readonly string[]): Verdict {
  if (picked.length === 0) return unusable("先点出没有梯度的。");
  for (const one of CASES) {
    const { name, ratio, advantage } = one;
    const flat = Math.abs(slope(one)) < 1e-6;
    if (picked.includes(name) === flat) continue;
    return wrong(
      flat
        ? `${name}没有选，可是它的梯度是 0：ρ = ${ratio} 已经顺着优势的方向走过头了。`
        : `${name}有梯度：ρ 每加 1，目标变化 ${formatNumber(slope(one), 1)}。优势是 ${formatNumber(advantage)}，ρ = ${ratio}：还没有走过头，或者走反了，要拉回来。`,
    );
  }
  return right("只有顺着优势的方向走过了头，才不再推。走反了的（乙、丁）照样拉回来，不管走了多远。");
}
