/** What many measurements of one thing come to. */
export interface Summary {
  readonly median: number;
  /** First and third quartile. */
  readonly low: number;
  readonly high: number;
  /** The best of all: what the machine does when nothing else runs on it. */
  readonly best: number;
  readonly count: number;
}

/** Quartiles by linear interpolation. */
export function summarize(samples: readonly number[], better: "higher" | "lower"): Summary {
  if (samples.length === 0) throw new Error("no samples");
  const sorted = [...samples].sort((a, b) => a - b);
  const quantile = (q: number): number => {
    const at = q * (sorted.length - 1);
    const below = Math.floor(at);
    const a = sorted[below]!;
    const b = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return a + (b - a) * (at - below);
  };
  const best = quantile(better === "higher" ? 1 : 0);
  return { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75), best, count: samples.length };
}
