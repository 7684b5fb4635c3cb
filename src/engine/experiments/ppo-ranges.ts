import type { Range } from "../ranges.ts";

/** What the settings of PPO may be that every experiment with it has. */
export const PPO_RANGES = {
  learningRate: { name: "学习率", min: 0, max: 10 },
  discount: { name: "折扣 γ", min: 0, max: 1 },
  lambda: { name: "λ", min: 0, max: 1 },
  clipRange: { name: "截断 ε", min: 0, max: 10 },
  valueCoefficient: { name: "价值损失的系数", min: 0, max: 10 },
  entropyCoefficient: { name: "熵的系数", min: 0, max: 1 },
  maxGradientNorm: { name: "梯度的最大范数", min: 0, max: 100 },
} satisfies Readonly<Record<string, Range>>;
