/** The same items with one of them moved to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  return items.toSpliced(from, 1).toSpliced(to, 0, items[from]!);
}

/** Where an item and its neighbours stand on the screen, from top to bottom. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The place that an item is dragged to: below all others whose middle the pointer has passed.
 * @param dragged its number among the boxes
 */
export function placeOf(y: number, boxes: readonly Box[], dragged: number): number {
  return boxes.filter(({ top, bottom }, i) => i !== dragged && y > (top + bottom) / 2).length;
}
