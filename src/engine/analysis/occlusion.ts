import { maxOf } from "../statistics.ts";

// #region occlusion
/**
 * Occlusion (Zeiler & Fergus 2014; Li et al. 2016 for text): the same text once more for each place, with the token there hidden and all
 * others as they are.
 *
 * @param places of tokens, counted with [CLS] at 0
 * @param maskId the token that stands for a hidden one
 */
export function occlusions<Text extends { readonly ids: readonly number[] }>(
  text: Text,
  places: readonly number[],
  maskId: number,
): Text[] {
  return places.map((place) => ({ ...text, ids: text.ids.with(place, maskId) }));
}

/**
 * ln(p / (1 − p)) of one class under softmax, in nats. Unlike p it does not come to an end near 0 and 1, so that differences of it can be
 * compared. Of two classes it is the difference of their logits.
 *
 * @param logits of all classes, two at least
 */
export function logOdds(logits: Float32Array, chosen: number): number {
  const others = logits.filter((_, i) => i !== chosen);
  const most = maxOf(others);
  const sum = others.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return logits[chosen]! - most - Math.log(sum);
}
// #endregion
