import { correlation } from "../statistics.ts";

type Numbers = ArrayLike<number>;

// #region kendall
/**
 * Kendall's τ-b (Kendall 1945): of all pairs, those that both lists put in the same order less those that they put in opposite orders, as a share of
 * what it would be if they agreed; −1 to 1. Null where one of both does not vary.
 */
export function kendall(x: Numbers, y: Numbers): number | null {
  let [agreement, inX, inY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      agreement += a * b;
      inX += a * a;
      inY += b * b;
    }
  }
  return inX > 0 && inY > 0 ? agreement / Math.sqrt(inX * inY) : null;
}
// #endregion

/** Spearman's ρ (1904): Pearson's correlation of the ranks, −1 to 1. Null where one of both does not vary. */
export function spearman(x: Numbers, y: Numbers): number | null {
  return correlation(ranks(x), ranks(y));
}

/** The rank of each number, from 1; equal ones share the mean of their ranks. */
export function ranks(numbers: Numbers): Float64Array {
  const list = Array.from(numbers);
  return Float64Array.from(list, (own) => {
    const below = list.filter((other) => other < own).length;
    const equal = list.filter((other) => other === own).length;
    return below + (equal + 1) / 2;
  });
}
