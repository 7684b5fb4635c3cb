import type { SymmetricMatrix } from "./gram.ts";

// #region nearest
/** Of each point the nearest other one, the first of several. @param distances of at least two points; squared ones do as well */
export function nearestOthers({ data, size }: SymmetricMatrix): number[] {
  return Array.from({ length: size }, (_, i) => {
    let nearest = i === 0 ? 1 : 0;
    for (let j = 0; j < size; j++) {
      if (j !== i && data[i * size + j]! < data[i * size + nearest]!) nearest = j;
    }
    return nearest;
  });
}

/** How often two neighbours are of one class. */
export interface Agreement {
  /** Of the points that are counted, those whose nearest neighbour is of their class, 0–1. */
  readonly share: number;
  /** The same if neighbours were drawn by lot. */
  readonly chance: number;
  /** Points whose class has another point: the others could not agree with anybody. */
  readonly counted: number;
}

/** Whether a point and its nearest neighbour are of one class. @param classes one for each point */
export function neighbourAgreement(nearest: readonly number[], classes: readonly (string | number)[]): Agreement {
  const sizes = new Map<string | number, number>();
  for (const one of classes) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  let [agreeing, chances, counted] = [0, 0, 0];
  for (const [i, own] of classes.entries()) {
    const others = sizes.get(own)! - 1;
    if (others === 0) continue;
    counted++;
    chances += others / (classes.length - 1);
    if (classes[nearest[i]!] === own) agreeing++;
  }
  return { share: counted > 0 ? agreeing / counted : 0, chance: counted > 0 ? chances / counted : 0, counted };
}
// #endregion
