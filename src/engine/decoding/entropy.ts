/** H = −Σ p log₂ p of a distribution, in bits (Shannon 1948); 2ᴴ is the number of equally likely tokens that would be as uncertain. */
export function entropyBits(probabilities: ArrayLike<number>): number {
  let bits = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    if (p > 0) bits -= p * Math.log2(p);
  }
  return bits;
}
