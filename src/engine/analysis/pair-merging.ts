import { EngineError } from "../errors.ts";

/**
 * What a text is cut into before anything is merged: the bytes of its UTF-8, as GPT-2 does; its characters, as BPE began (Sennrich et al. 2016); or
 * characters that know whether they begin a word, as WordPiece does.
 */
export type PairBase = "bytes" | "characters" | "pieces";

/** A kind of token. */
export interface PairToken {
  /** Its UTF-8, which need not be whole characters. */
  readonly bytes: readonly number[];
  /** WordPiece: it stands within a word, and is written with ## in front. */
  readonly inner: boolean;
}

/** Two kinds of token that stand beside each other, and how often. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

export interface Merge extends Pair {
  /** The token that both became. */
  readonly made: number;
  /** Those that would have been merged next, the best first. */
  readonly rivals: readonly Pair[];
}

/** A piece of text within which pairs are merged, and how often it stands in the text. */
interface Word {
  ids: number[];
  readonly count: number;
}

/** How GPT-2 cuts a text before it merges: runs of letters, of digits, of other signs, each with the space in front. Chinese without signs is one run. */
const WORDS = /'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
/** A pair that occurs once saves nothing. */
const LEAST_COUNT = 2;
const RIVALS = 5;
/** Ids of a pair as one number. */
const SPAN = 2 ** 20;

const utf8 = new TextEncoder();

/**
 * The bytes in the order in which `tokenizers` numbers them: it writes each as a letter, those that are no letters as one beyond them. Ties are broken
 * by these numbers.
 */
const BYTES: readonly number[] = (() => {
  const letters = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  return [...all.filter(letters), ...all.filter((byte) => !letters(byte))];
})();

/**
 * Byte-pair encoding (Gage 1994; Sennrich et al. 2016), learnt merge by merge: each time the pair that stands beside each other most often becomes
 * one token. With the base `pieces` it is WordPiece's choice, count(ab) / (count(a) · count(b)) (Schuster & Nakajima 2012). Of pairs that are
 * as good, the one with the smaller numbers comes first, as in `tokenizers`.
 */
export class PairMerging {
  readonly base: PairBase;
  readonly tokens: PairToken[] = [];
  readonly merges: Merge[] = [];
  /** Kinds of token before the first merge. */
  readonly started: number;
  readonly #ids = new Map<string, number>();
  /** The merge of a pair, by its place. */
  readonly #ranks = new Map<number, number>();
  readonly #words: Word[];

  /** @param text what is learnt from; a text of nothing has no pairs */
  constructor(text: string, base: PairBase) {
    this.base = base;
    const counts = new Map<string, number>();
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    if (base === "bytes") {
      for (const byte of BYTES) this.#add([byte], false);
    } else {
      const units = [...counts.keys()].flatMap((word) => unitsOf(word, base));
      const sorted = [...new Set(units)].sort(byCodePoint);
      for (const unit of sorted) this.#add([...utf8.encode(charOf(unit))], unit.startsWith(INNER));
    }
    this.started = this.tokens.length;
    this.#words = [...counts].map(([word, count]) => ({ ids: this.#unitIds(word), count }));
  }

  // #region learn
  /** Merges the best pair. @returns undefined where no pair stands in the text twice */
  learn(): Merge | undefined {
    const [best, ...rivals] = this.#bestPairs(1 + RIVALS);
    if (!best) return undefined;
    const { left, right } = best;
    const bytes = [...this.tokens[left]!.bytes, ...this.tokens[right]!.bytes];
    const made = this.#add(bytes, this.tokens[left]!.inner);
    for (const word of this.#words) word.ids = merged(word.ids, { left, right, made });
    const merge = { ...best, made, rivals };
    this.#ranks.set(left * SPAN + right, this.merges.length);
    this.merges.push(merge);
    return merge;
  }
  // #endregion

  /** Merges until there are so many, or nothing is left to be merged. */
  learnUpTo(merges: number): this {
    while (this.merges.length < merges && this.learn());
    return this;
  }

  // #region encode
  /**
   * The tokens of any text by the first merges: in each word the pair that was learnt first is merged first. WordPiece takes the longest token that
   * fits, from left to right.
   *
   * @param merges how many of them; all where nothing is said
   * @throws EngineError `bad-input` for a character that the text did not have; bytes have no such
   */
  encode(text: string, merges: number = this.merges.length): number[] {
    return this.words(text, merges).flat();
  }

  /** The same word by word: no token reaches over the end of one. */
  words(text: string, merges: number = this.merges.length): number[][] {
    const known = new Map<string, number[]>();
    return wordsOf(text).map((word) => {
      const ids =
        known.get(word) ?? (this.base === "pieces" ? this.#longest(word, merges) : this.#byRank(word, merges));
      known.set(word, ids);
      return ids;
    });
  }

  #byRank(word: string, merges: number): number[] {
    let ids = this.#unitIds(word);
    for (;;) {
      let first = merges;
      for (let i = 0; i + 1 < ids.length; i++) {
        first = Math.min(first, this.#ranks.get(ids[i]! * SPAN + ids[i + 1]!) ?? merges);
      }
      const merge = this.merges[first];
      if (first >= merges || !merge) return ids;
      ids = merged(ids, merge);
    }
  }
  // #endregion

  #longest(word: string, merges: number): number[] {
    const characters = [...word];
    const ids: number[] = [];
    for (let start = 0; start < characters.length; ) {
      let end = characters.length;
      const find = (): number | undefined => {
        const id = this.#ids.get(keyOf(utf8.encode(characters.slice(start, end).join("")), start > 0));
        return id !== undefined && id < this.started + merges ? id : undefined;
      };
      while (end > start + 1 && find() === undefined) end--;
      const id = find();
      if (id === undefined) throw unknown(characters[start]!);
      ids.push(id);
      start = end;
    }
    return ids;
  }

  /** Pairs that stand in the text at least twice, the best first. */
  #bestPairs(most: number): Pair[] {
    const counts = new Map<number, number>();
    const single = new Float64Array(this.tokens.length);
    for (const { ids, count } of this.#words) {
      for (let i = 0; i < ids.length; i++) {
        single[ids[i]!]! += count;
        if (i === 0) continue;
        const key = ids[i - 1]! * SPAN + ids[i]!;
        counts.set(key, (counts.get(key) ?? 0) + count);
      }
    }
    const best: (Pair & { readonly score: number; readonly key: number })[] = [];
    for (const [key, count] of counts) {
      if (count < LEAST_COUNT) continue;
      const [left, right] = [Math.floor(key / SPAN), key % SPAN];
      const score = this.base === "pieces" ? count / (single[left]! * single[right]!) : count;
      const last = best.at(-1);
      if (best.length === most && last && (score < last.score || (score === last.score && key > last.key))) continue;
      const place = best.findIndex((other) => score > other.score || (score === other.score && key < other.key));
      best.splice(place < 0 ? best.length : place, 0, { left, right, count, score, key });
      if (best.length > most) best.pop();
    }
    return best.map(({ left, right, count }) => ({ left, right, count }));
  }

  #unitIds(word: string): number[] {
    if (this.base === "bytes") return Array.from(utf8.encode(word), (byte) => this.#ids.get(keyOf([byte], false))!);
    return unitsOf(word, this.base).map((unit) => {
      const id = this.#ids.get(keyOf(utf8.encode(charOf(unit)), unit.startsWith(INNER)));
      if (id === undefined) throw unknown(charOf(unit));
      return id;
    });
  }

  /** The id of a token, a new one where there was none: two ways may lead to the same. */
  #add(bytes: readonly number[], inner: boolean): number {
    const key = keyOf(bytes, inner);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.tokens.push({ bytes, inner });
    this.#ids.set(key, this.tokens.length - 1);
    return this.tokens.length - 1;
  }
}

/** Marks a unit within a word; no text has it. */
const INNER = "\u{10ffff}";

const wordsOf = (text: string): string[] => text.match(WORDS) ?? [];
const charOf = (unit: string): string => unit.replace(INNER, "");
const keyOf = (bytes: Iterable<number>, inner: boolean): string => `${inner ? "##" : ""}${[...bytes].join(" ")}`;
const unknown = (character: string): EngineError => new EngineError("bad-input", `词表里没有「${character}」`);

function unitsOf(word: string, base: PairBase): string[] {
  return [...word].map((character, i) => (base === "pieces" && i > 0 ? INNER + character : character));
}

function byCodePoint(a: string, b: string): number {
  const [x, y] = [utf8.encode(a), utf8.encode(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

/** Every such pair as the new token, from left to right. */
export function merged(
  ids: readonly number[],
  { left, right, made }: Pick<Merge, "left" | "right" | "made">,
): number[] {
  const out: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const here = ids[i] === left && ids[i + 1] === right;
    out.push(here ? made : ids[i]!);
    if (here) i++;
  }
  return out;
}

/** Tokens that are whole characters only together. */
export interface Spelling {
  /** The characters; lone bytes that are none, as of a text that is cut, are given as numbers. */
  readonly text: string;
  /** The tokens, by their place among all. */
  readonly from: number;
  readonly to: number;
}

/** Joins the bytes of tokens back to characters: each group is as few tokens as make whole characters. @param tokens the bytes of each, of well-formed UTF-8 */
export function spellOut(tokens: readonly (readonly number[])[]): Spelling[] {
  const utf8Decoder = new TextDecoder();
  const groups: Spelling[] = [];
  let [from, missing, bytes] = [0, 0, [] as number[]];
  for (const [i, token] of tokens.entries()) {
    for (const byte of token) {
      bytes.push(byte);
      missing = missing > 0 ? missing - 1 : byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    }
    if (missing > 0) continue;
    groups.push({ text: utf8Decoder.decode(Uint8Array.from(bytes)), from, to: i + 1 });
    [from, bytes] = [i + 1, []];
  }
  return groups;
}
