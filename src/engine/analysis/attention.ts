import type { HostTensor } from "../tensor/trace.ts";

/** How one head spreads its attention over a text, on average over the tokens that look. */
export interface Spread {
  /** Entropy in nats: 0 where all attention goes to one token, ln(tokens) where it is even. */
  readonly entropy: number;
  /** How far away it looks, in tokens. */
  readonly distance: number;
}

/** The weights of one head, counted from 0, of a layer: [queries × keys], a part of its data. @param pattern [heads, queries, keys] */
export function headWeights({ shape, data }: HostTensor, head: number): Float32Array {
  const size = shape[1]! * shape[2]!;
  return data.subarray(head * size, (head + 1) * size);
}

// #region spread
/**
 * Entropy −Σ a ln a and mean distance Σ a |i − j| of each head's attention (as in Clark et al. 2019 and Vig & Belinkov 2019).
 *
 * @param pattern [heads, queries, keys]; each row sums to 1
 */
export function headSpreads({ shape, data }: HostTensor): Spread[] {
  const [heads = 0, queries = 0, keys = 0] = shape;
  return Array.from({ length: heads }, (_, head) => {
    let [entropy, distance] = [0, 0];
    for (let query = 0; query < queries; query++) {
      const start = (head * queries + query) * keys;
      for (let key = 0; key < keys; key++) {
        const weight = data[start + key]!;
        if (weight > 0) entropy -= weight * Math.log(weight);
        distance += weight * Math.abs(query - key);
      }
    }
    return { entropy: entropy / queries, distance: distance / queries };
  });
}
// #endregion
