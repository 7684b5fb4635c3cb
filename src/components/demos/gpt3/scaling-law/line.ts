import { mean } from "../../../../engine/statistics.ts";

/** loss = a · size^−b: a straight line between the logarithms. */
export interface PowerLaw {
  readonly a: number;
  readonly b: number;
}

// #region fit
/**
 * The power law of least squares between the logarithms.
 * @param points size and loss, both positive; two sizes at least
 */
export function fitPowerLaw(points: readonly (readonly [size: number, loss: number])[]): PowerLaw {
  const x = points.map(([size]) => Math.log(size));
  const y = points.map(([, loss]) => Math.log(loss));
  const [atX, atY] = [mean(x), mean(y)];
  const along = x.reduce((sum, value) => sum + (value - atX) ** 2, 0);
  const slope = x.reduce((sum, value, i) => sum + (value - atX) * ((y[i] ?? 0) - atY), 0) / along;
  return { a: Math.exp(atY - slope * atX), b: -slope };
}
// #endregion

/** What a power law says of a size. */
export function lossAt({ a, b }: PowerLaw, size: number): number {
  return a * size ** -b;
}
