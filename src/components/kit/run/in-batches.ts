/** Items some at a time, in their order: enough at once to keep a GPU busy, few enough that progress shows and the reader need not wait to cancel. */
export function* inBatches<T>(items: readonly T[], size: number): Generator<readonly T[], void, undefined> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
