import { EngineError } from "../errors.ts";

// Plain loops over indices: every token of every demo comes through here, and methods with a function for each number take several times as long.

/**
 * The largest logit, and with it the check that there is a distribution at all.
 *
 * A logit of −Infinity is a token that was ruled out; it is fine as long as one token is left.
 * @throws EngineError `bad-input`: a logit is NaN or +Infinity, or none is above −Infinity
 */
export function maxLogit(logits: Float32Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i]!;
    if (Number.isNaN(logit)) throw new EngineError("bad-input", "logits 里有 NaN");
    if (logit > max) max = logit;
  }
  if (max === Number.POSITIVE_INFINITY) throw new EngineError("bad-input", "logits 里有无穷大");
  if (max === Number.NEGATIVE_INFINITY) throw new EngineError("bad-input", "所有词元都被排除了，没有可选的");
  return max;
}

// #region softmax
/**
 * Softmax: pᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), for logits z of shape [vocabulary].
 *
 * The largest logit is subtracted first: it cancels in the quotient, and no exponential can overflow.
 * A logit of −Infinity gets probability 0. Errors as in `maxLogit`.
 */
export function softmax(logits: Float32Array): Float32Array {
  const max = maxLogit(logits);
  const p = new Float32Array(logits.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    p[i] = Math.exp(logits[i]! - max);
    sum += p[i]!;
  }
  for (let i = 0; i < p.length; i++) p[i]! /= sum;
  return p;
}
// #endregion

// #region log-softmax
/**
 * Logarithm of the softmax: log pᵢ = zᵢ − log Σⱼ exp(zⱼ), for logits z of shape [vocabulary].
 *
 * Never computed as log(softmax(z)): there a small probability would round to 0 and its logarithm to −Infinity.
 * Errors as in `maxLogit`.
 */
export function logSoftmax(logits: Float32Array): Float32Array {
  const max = maxLogit(logits);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - max);
  const logSum = max + Math.log(sum);
  const logP = new Float32Array(logits.length);
  for (let i = 0; i < logP.length; i++) logP[i] = logits[i]! - logSum;
  return logP;
}
// #endregion
