/** What the cost of a GPT-2 depends on; a `Gpt2Config` is one. */
export interface Gpt2Size {
  readonly layers: number;
  readonly width: number;
  readonly innerWidth: number;
  readonly vocabularySize: number;
}

// #region step-cost
/**
 * Multiplications (each with an addition) in all products of a forward pass of a GPT-2, as `Gpt2.forward` makes it when the logits of the last token
 * alone are wanted: behind the last attention only that token goes on.
 *
 * @param cached tokens whose keys and values are in the cache: they cost nothing but the look at them
 * @param fresh tokens that go through the model, at least one
 */
export function forwardProducts(
  { layers, width, innerWidth, vocabularySize }: Gpt2Size,
  cached: number,
  fresh: number,
): number {
  // The first fresh token sees all that is cached and itself, each further one a token more.
  const seen = fresh * cached + (fresh * (fresh + 1)) / 2;
  const queriesKeysValues = 3 * width * width * fresh;
  const attention = 2 * width * seen;
  const rest = width * width + 2 * width * innerWidth;
  const throughAll = layers * (queriesKeysValues + attention);
  return throughAll + rest * ((layers - 1) * fresh + 1) + width * vocabularySize;
}

/** Bytes of the keys and values of so many tokens, as the cache holds them: in float32. */
export function cacheBytes({ layers, width }: Pick<Gpt2Size, "layers" | "width">, tokens: number): number {
  return 2 * layers * width * Float32Array.BYTES_PER_ELEMENT * tokens;
}
// #endregion
