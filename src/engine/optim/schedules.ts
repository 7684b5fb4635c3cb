/** The learning rate of a step, counted from 0: as in `transformers`, the first step of a warm-up has the rate 0. */
export type Schedule = (step: number) => number;

export interface WarmupShape {
  /** The highest rate. */
  readonly peak: number;
  /** Steps in which the rate rises to it, in a straight line. */
  readonly warmup: number;
  /** The step at which the rate has fallen to 0. */
  readonly total: number;
}

/**
 * The shape for a training of steps 1 … `steps` whose rate rises over one part of so many. A schedule is 0 at its step 0 and at its last: these
 * lie before the first step and after the last one, so that every step learns.
 */
export function shapeOver(steps: number, peak: number, risingPart: number): WarmupShape {
  return { peak, warmup: Math.ceil(steps / risingPart), total: steps + 1 };
}

/** The same rate at every step. */
export function constant(rate: number): Schedule {
  return () => rate;
}

/** Up in a straight line, and down in one. */
export function warmupLinear(shape: WarmupShape): Schedule {
  return warmupThen((progress) => 1 - progress, shape);
}

/** Up in a straight line, and down along half a cosine wave (Loshchilov & Hutter 2017). */
export function warmupCosine(shape: WarmupShape): Schedule {
  return warmupThen((progress) => (1 + Math.cos(Math.PI * progress)) / 2, shape);
}

/** @param decay share of the peak, given how much (0 to 1) of the way from the end of the warm-up to the last step is done */
function warmupThen(decay: (progress: number) => number, { peak, warmup, total }: WarmupShape): Schedule {
  return (step) => {
    if (step < warmup) return (peak * step) / warmup;
    return peak * decay(Math.min(1, (step - warmup) / Math.max(1, total - warmup)));
  };
}
