/** What a pair of tokens becomes, and how early that was learned. */
export interface Merge {
  readonly rank: number;
  readonly id: number;
}

/** By the ids of the pair: left, then right. */
export type Merges = ReadonlyMap<number, ReadonlyMap<number, Merge>>;

/** A token made of the symbols `from` up to `to`. */
export interface MergedSymbols {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** A merge that may take place at a symbol: the rank counts first, then the place. */
interface Candidate extends Merge {
  readonly place: number;
}

/** Merges neighbours, the earliest learned pair first and of equal ones the leftmost, until no pair is left. In n·log n steps: a Chinese text without spaces is one word. */
export function mergeSymbols(symbols: readonly number[], merges: Merges): MergedSymbols[] {
  const ids: (number | undefined)[] = [...symbols];
  const next = symbols.map((_, i) => i + 1);
  const previous = symbols.map((_, i) => i - 1);
  const heap = new Heap();
  const mergeAt = (place: number): Merge | undefined => {
    const right = next[place];
    if (right === undefined || right >= ids.length) return undefined;
    return merges.get(ids[place]!)?.get(ids[right]!);
  };
  const offer = (place: number): void => {
    const merge = mergeAt(place);
    if (merge) heap.push({ ...merge, place });
  };
  for (const place of symbols.keys()) offer(place);
  for (let best = heap.pop(); best; best = heap.pop()) {
    const { place } = best;
    // The symbols there may have been merged meanwhile into others.
    if (ids[place] === undefined || mergeAt(place)?.id !== best.id) continue;
    const right = next[place]!;
    ids[place] = best.id;
    ids[right] = undefined;
    next[place] = next[right]!;
    if (next[place]! < ids.length) previous[next[place]!] = place;
    if (previous[place]! >= 0) offer(previous[place]!);
    offer(place);
  }
  return ids.flatMap((id, from) => (id === undefined ? [] : [{ id, from, to: next[from]! }]));
}

class Heap {
  readonly #items: Candidate[] = [];

  push(item: Candidate): void {
    let at = this.#items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(this.#items[at]!, this.#items[parent]!)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Candidate | undefined {
    const [top] = this.#items;
    const last = this.#items.pop();
    if (top === undefined || last === undefined || this.#items.length === 0) return top;
    this.#items[0] = last;
    let at = 0;
    for (;;) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#items.length);
      const least = children.reduce((a, b) => (before(this.#items[b]!, this.#items[a]!) ? b : a), at);
      if (least === at) return top;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    [this.#items[a], this.#items[b]] = [this.#items[b]!, this.#items[a]!];
  }
}

function before(a: Candidate, b: Candidate): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.place < b.place);
}
