/**
 * One meaning, one scale, in the whole book.
 *
 * - An attention weight is violet, by its square root: most weights are small, and would all look white. Every legend says so.
 * - A signed number lies between brown (negative) and blue-green (positive), in proportion.
 * - A probability is a length (`Bars`, the bars of `DataTable`); under a token of a text it is a shade of ink, by its logarithm.
 * - Heads, runs and other things that only have to be told apart have the colours `--vl-head-0…7`, and a second sign beside the colour.
 *
 * Colours are custom properties of `src/styles/colors.css`, so that they follow the theme and the printer; `colors.test.ts` there measures them.
 */

/** What a number is: it decides the colour. */
export type Meaning = "attention" | "signed";

export interface ColorScale {
  readonly meaning: Meaning;
  /** The magnitude that has the full colour; what is larger has it, too. */
  readonly full: number;
  /** Whether nothing of it is below zero, as of what can only grow: its legend begins there. */
  readonly positive?: boolean;
}

/** Of attention weights, 0–1. */
export const ATTENTION: ColorScale = { meaning: "attention", full: 1 };

/** What a legend has to say of a scale. */
export const SCALE_NOTES: Readonly<Record<Meaning, string>> = {
  attention: "颜色按平方根，小的权重也看得见",
  signed: "颜色按大小，棕是负，绿蓝是正",
};

/** Of signed numbers, −full to full. */
export function signedScale(full: number): ColorScale {
  return { meaning: "signed", full };
}

/** The same for what is never, or hardly ever, below zero: 0 to full. */
export function positiveScale(full: number): ColorScale {
  return { meaning: "signed", full, positive: true };
}

/** A scale for these signed numbers: all but the largest hundredth of them lie below the full colour, so that a few giants do not pale the rest. */
export function signedScaleOf(data: Float32Array): ColorScale {
  const sizes = data.map(Math.abs).sort();
  return signedScale(sizes[Math.floor(0.99 * (sizes.length - 1))] || sizes.at(-1) || 1);
}

/** Colours on each side of zero: few enough that one can be found again in the legend. */
export const STEPS = 8;

/** The colour of a number, as a step of its scale: −STEPS to STEPS, 0 for nothing. */
export function stepOf({ meaning, full }: ColorScale, value: number): number {
  const part = Math.min(1, Math.abs(value) / full);
  const step = Math.round(STEPS * (meaning === "attention" ? Math.sqrt(part) : part));
  return value < 0 ? -step || 0 : step;
}

/** Attention weights in four colours of their scale: in a thumbnail neighbours of it look alike, and a page of thumbnails is half as heavy. */
export function coarse(weights: Float32Array): Float32Array {
  return weights.map((weight) => (Math.round((STEPS * Math.round(3 * Math.sqrt(weight))) / 3) / STEPS) ** 2);
}

/** All steps of a scale, as a legend shows them. */
export function stepsOf(meaning: Meaning): number[] {
  const first = meaning === "signed" ? -STEPS : 0;
  return Array.from({ length: STEPS - first + 1 }, (_, i) => first + i);
}

/** The CSS colour of a step. */
export function stepColor(meaning: Meaning, step: number): string {
  if (meaning === "signed") {
    const share = (100 * Math.abs(step)) / STEPS;
    return `color-mix(in oklab, var(--vl-${step < 0 ? "negative" : "positive"}) ${share}%, var(--vl-neutral))`;
  }
  const place = (4 * Math.max(0, step)) / STEPS;
  const below = Math.min(3, Math.floor(place));
  return `color-mix(in oklab, var(--vl-attention-${below + 1}) ${100 * (place - below)}%, var(--vl-attention-${below}))`;
}

/** The CSS colour of a number. */
export function colorOf(scale: ColorScale, value: number): string {
  return stepColor(scale.meaning, stepOf(scale, value));
}

/** Log-probability that gets no shade any more: about one in a thousand. */
const FAINTEST = -7;

/**
 * How strongly a token is shaded for its probability under the model, 0–1, on a logarithmic scale: a language model's chosen tokens
 * mostly have some per cent, which a linear scale would show as nothing.
 *
 * @param logProb natural logarithm of the probability
 */
export function logProbShade(logProb: number): number {
  return Math.max(0, 1 - logProb / FAINTEST);
}
