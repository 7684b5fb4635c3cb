/** Least distance of two ticks, as a share of the axis: their numbers must not touch. */
const LEAST = 0.18;

/** Round numbers from 0 for an axis that is drawn by the square root. */
export function rootTicks(farthest: number): number[] {
  const power = 10 ** Math.floor(Math.log10(farthest / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= farthest / 6) ?? farthest;
  const ticks = [0];
  for (let i = 1; i * step <= farthest * (1 + 1e-9); i++) {
    const tick = Number((i * step).toPrecision(6));
    if (Math.sqrt(tick / farthest) - Math.sqrt((ticks.at(-1) ?? 0) / farthest) >= LEAST) ticks.push(tick);
  }
  return ticks;
}
