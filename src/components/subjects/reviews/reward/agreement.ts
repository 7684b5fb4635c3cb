/**
 * How often two judges of the same things prefer the same one of two, over all pairs: 1 where they have one order, 0.5 by chance, 0 where one has the
 * other's order turned round. Where one of them sees no difference, that is half. Null with fewer than two things.
 */
export function agreement(one: readonly number[], other: readonly number[]): number | null {
  let [pairs, alike] = [0, 0];
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < i; j++) {
      pairs++;
      alike += (1 + Math.sign((one[i]! - one[j]!) * (other[i]! - other[j]!))) / 2;
    }
  }
  return pairs > 0 ? alike / pairs : null;
}
