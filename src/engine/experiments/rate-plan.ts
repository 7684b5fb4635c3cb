import { EngineError } from "../errors.ts";
import { type Schedule, shapeOver, warmupCosine, warmupLinear } from "../optim/schedules.ts";

/** How the learning rate goes on over a training: as a share of the rate that was set. */
export type RateShape = "constant" | "linear" | "cosine" | "steps";
export const RATE_SHAPES: readonly RateShape[] = ["constant", "linear", "cosine", "steps"];

/** What is changed in the midst of a training. */
export interface RateChange {
  /** The first step that has it. */
  readonly step: number;
  /** The rate becomes so many times as large, for the rest of the training; or it follows another shape from here on. */
  readonly to: number | RateShape;
}

/** One part of so many, in which the rate rises. */
const RISING = 20;
/** Where `steps` falls to a tenth, as shares of the training. */
const FALLS = [0.5, 0.75];

// #region plan
/**
 * The share of the set rate at each step, from 1. A new shape goes on as if it had been there from the start; factors stay.
 * @param steps of the training
 */
export function ratePlan(shape: RateShape, changes: readonly RateChange[], steps: number): Schedule {
  return (step) => {
    let [now, factor] = [shape, 1];
    for (const change of changes) {
      if (change.step > step) continue;
      if (typeof change.to === "number") factor *= change.to;
      else now = change.to;
    }
    return factor * shareOf(now, step, steps);
  };
}

function shareOf(shape: RateShape, step: number, steps: number): number {
  const over = shapeOver(steps, 1, RISING);
  if (shape === "linear") return warmupLinear(over)(step);
  if (shape === "cosine") return warmupCosine(over)(step);
  if (shape === "steps") return 0.1 ** FALLS.filter((share) => step > share * steps).length;
  return 1;
}
// #endregion

/** Changes as a text that stands in a link: `120×0.1，200→cosine` is written `120x0.1,200-cosine`. */
export function writeChanges(changes: readonly RateChange[]): string {
  return changes.map(({ step, to }) => `${step}${typeof to === "number" ? "x" : "-"}${to}`).join(",");
}

/** @throws EngineError `bad-input` for a text that `writeChanges` does not write */
export function readChanges(text: string): RateChange[] {
  if (text === "") return [];
  return text.split(",").map((part) => {
    const [, step, factor, shape] = /^(\d{1,5})(?:x(\d*\.?\d+)|-([a-z]+))$/.exec(part) ?? [];
    const to = factor === undefined ? RATE_SHAPES.find((known) => known === shape) : Number(factor);
    if (step === undefined || to === undefined) throw new EngineError("bad-input", `看不懂途中的改动「${part}」`);
    return { step: Number(step), to };
  });
}
