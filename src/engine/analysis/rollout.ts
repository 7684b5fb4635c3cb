import type { HostTensor } from "../tensor/trace.ts";

/** The mean of the attention of all heads of a layer, [tokens × tokens]. @param pattern [heads, tokens, tokens] */
export function meanOverHeads({ shape, data }: HostTensor): Float32Array {
  const [heads = 0, queries = 0, keys = 0] = shape;
  const size = queries * keys;
  return Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let head = 0; head < heads; head++) sum += data[head * size + i]!;
    return sum / heads;
  });
}

// #region rollout
/**
 * From which tokens of the input each token has come by what it holds above each layer, if attention were all that happens: half stays, as the
 * residual stream carries it past, half comes from where the heads look on average; layer upon layer, as a product of matrices: attention
 * rollout (Abnar & Zuidema 2020).
 *
 * @param patterns one for each layer, [heads, tokens, tokens]
 * @returns one for each layer, [tokens × tokens]; rows sum to 1
 */
export function attentionRollout(patterns: readonly HostTensor[]): Float32Array[] {
  const rolled: Float32Array[] = [];
  for (const pattern of patterns) {
    const length = pattern.shape[1] ?? 0;
    const attention = meanOverHeads(pattern);
    const below = rolled.at(-1);
    const above = new Float32Array(length * length);
    for (let i = 0; i < length; i++) {
      for (let j = 0; j < length; j++) {
        const share = attention[i * length + j]! / 2 + (i === j ? 1 / 2 : 0);
        // Below the first layer every token is itself.
        if (!below) above[i * length + j] = share;
        else for (let k = 0; k < length; k++) above[i * length + k]! += share * below[j * length + k]!;
      }
    }
    rolled.push(above);
  }
  return rolled;
}
// #endregion
