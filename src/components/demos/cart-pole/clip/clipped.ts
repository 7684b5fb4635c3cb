/** One step as PPO's clipped objective sees it. */
export interface ClipSetting {
  /** p(action) now / when it was taken; ≥ 0. */
  readonly ratio: number;
  readonly advantage: number;
  /** ε. */
  readonly clipRange: number;
}

export interface ClipReading {
  /** Ratio · advantage: the surrogate objective without any clipping. */
  readonly surrogate: number;
  /** Ratio held within 1 ± ε, times the advantage. */
  readonly clipped: number;
  /** The smaller of both: what is maximised. */
  readonly objective: number;
  /** ∂ objective / ∂ ratio. At the corner itself there is no derivative; then it is the one of the side nearer to 1. */
  readonly slope: number;
  readonly where: ClipPlace;
}

/**
 * `inside` 1 ± ε; `held`: beyond it the way the advantage pushes, so nothing pushes any more; `astray`: beyond it the other way, so the
 * gradient pulls back. `neutral`: an advantage of 0 asks for nothing.
 */
export type ClipPlace = "inside" | "held" | "astray" | "neutral";

/** PPO's clipped objective for one step (Schulman et al. 2017, equation 7), as `ppoLoss` has it for a batch. */
export function readClip({ ratio, advantage, clipRange }: ClipSetting): ClipReading {
  const surrogate = ratio * advantage;
  const clipped = Math.min(1 + clipRange, Math.max(1 - clipRange, ratio)) * advantage;
  const where = placeOf({ ratio, advantage, clipRange });
  return {
    surrogate,
    clipped,
    objective: Math.min(surrogate, clipped),
    slope: where === "held" ? 0 : advantage,
    where,
  };
}

function placeOf({ ratio, advantage, clipRange }: ClipSetting): ClipPlace {
  if (advantage === 0) return "neutral";
  const [above, below] = [ratio > 1 + clipRange, ratio < 1 - clipRange];
  if (!above && !below) return "inside";
  return above === advantage > 0 ? "held" : "astray";
}

/** What the place means, for the reader. */
export function clipSentence({ ratio, advantage }: ClipSetting, { where }: ClipReading): string {
  const action = advantage > 0 ? "好动作" : "坏动作";
  const moved = ratio > 1 ? "更可能了" : "更少见了";
  switch (where) {
    case "neutral":
      return "优势是 0：这一步不好也不坏，比值怎样变都没有梯度。";
    case "inside":
      return `${action}，比值还在 1 ± ε 之内：梯度就是优势，${advantage > 0 ? "推着比值变大" : "推着比值变小"}。`;
    case "held":
      return `${action}已经${moved}，过了界：目标是平的，梯度是 0，不再推。`;
    case "astray":
      return `走反了：${action}反而${moved}。min 取没有截断的那一条，梯度还在，把它拉回来。`;
  }
}

/** Corners and ends of the lines between two ratios, so that straight pieces are drawn exactly. */
export function cornersOf(clipRange: number, from: number, to: number): number[] {
  return [from, 1 - clipRange, 1 + clipRange, to].filter((ratio) => ratio >= from && ratio <= to);
}
