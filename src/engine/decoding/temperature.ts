import { greedyToken } from "./greedy.ts";

// #region temperature
/**
 * Temperature T (Ackley, Hinton & Sejnowski 1985): zᵢ / T. Below 1 the distribution gets sharper, above 1 flatter.
 *
 * T = 0 stands for the limit T → 0, where all probability is on the largest logit: every other token is masked with −Infinity, and of
 * equal largest logits the lowest id stays, so that sampling at T = 0 is greedy decoding. (Python's transformers refuses T = 0.) A T so
 * small that the quotient leaves the range of f32 is treated alike.
 *
 * @param logits [vocabulary]
 * @param temperature ≥ 0
 */
export function applyTemperature(logits: Float32Array, temperature: number): Float32Array {
  const best = greedyToken(logits);
  const scaled = logits.map((logit) => logit / temperature);
  if (Number.isFinite(scaled[best])) return scaled;
  return logits.map((logit, id) => (id === best ? logit : Number.NEGATIVE_INFINITY));
}
// #endregion
