/** Log-probability that gets no shade any more: about one in a thousand. */
const FAINTEST = -7;

/**
 * How strongly a token is shaded for its probability under the model, 0–1, on a logarithmic scale: a language model's chosen tokens
 * mostly have some per cent, which a linear scale would show as nothing.
 *
 * @param logProb natural logarithm of the probability
 */
export function shadeOf(logProb: number): number {
  return Math.max(0, 1 - logProb / FAINTEST);
}
