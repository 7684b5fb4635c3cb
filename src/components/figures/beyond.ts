/** A place at which a line leaves what is drawn. */
export interface Beyond {
  readonly x: number;
  /** The edge at which it leaves. */
  readonly y: number;
  readonly above: boolean;
}

/** Where points of a line lie beyond the limits of an axis: the first of each stretch, so that a mark at the edge can say so. */
export function beyond(
  points: readonly { readonly x: number; readonly y: number }[],
  [low, high]: readonly [low: number, high: number],
): Beyond[] {
  const side = ({ y }: { readonly y: number }): number => (y < low ? -1 : y > high ? 1 : 0);
  return points.flatMap((point, i) => {
    const own = side(point);
    const before = points[i - 1];
    if (own === 0 || (before && side(before) === own)) return [];
    return [{ x: point.x, y: own < 0 ? low : high, above: own > 0 }];
  });
}
