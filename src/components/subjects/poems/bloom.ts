import { EngineError } from "../../../engine/errors.ts";

/**
 * A Bloom filter (Bloom 1970): a set that forgets its items but answers, in a few bits per item, whether one is in it. It never denies
 * an item; now and then it claims one that is not there.
 */
export class Bloom {
  /** Distinct items that were put in. */
  readonly items: number;
  readonly #bits: Uint8Array;
  readonly #bitCount: number;
  readonly #hashes: number;

  /**
   * @param file as `training/gptpoem/bloom.py` writes it: "BLM1", then bits, hashes and items as little-endian uint32, then the bits, lowest bit of a byte first
   * @throws EngineError `bad-file`
   */
  constructor(file: ArrayBuffer) {
    const header = new DataView(file);
    if (file.byteLength < 16 || header.getUint32(0) !== MAGIC) throw new EngineError("bad-file", "不是 Bloom 过滤器");
    this.#bitCount = header.getUint32(4, true);
    this.#hashes = header.getUint32(8, true);
    this.items = header.getUint32(12, true);
    this.#bits = new Uint8Array(file, 16);
    if (this.#hashes === 0 || this.#bitCount === 0 || this.#bits.length * 8 !== this.#bitCount) {
      throw new EngineError("bad-file", `Bloom 过滤器应有 ${this.#bitCount} 位，文件里有 ${this.#bits.length * 8} 位`);
    }
  }

  /** Whether the text is among the items; `true` is wrong with a probability of about `falsePositiveRate`. */
  has(text: string): boolean {
    const first = fnv1a(text, FIRST_OFFSET);
    // Odd, so that the steps do not run in a short circle.
    const second = fnv1a(text, SECOND_OFFSET) | 1;
    for (let i = 0; i < this.#hashes; i++) {
      // Two hashes stand for any number of them (Kirsch & Mitzenmacher 2006).
      const bit = ((first + Math.imul(i, second)) >>> 0) % this.#bitCount;
      if (((this.#bits[bit >>> 3]! >>> (bit & 7)) & 1) === 0) return false;
    }
    return true;
  }

  /** Share of texts outside the set that it takes for items, in 0–1: that all their bits happen to be set. */
  get falsePositiveRate(): number {
    return (1 - Math.exp((-this.#hashes * this.items) / this.#bitCount)) ** this.#hashes;
  }
}

/** "BLM1", read big-endian. */
const MAGIC = 0x424c4d31;
const FIRST_OFFSET = 0x811c9dc5;
const SECOND_OFFSET = 0x5bd1e995;
const PRIME = 0x01000193;

/** FNV-1a (Fowler, Noll & Vo) with 32 bits, over UTF-16 code units instead of bytes. */
function fnv1a(text: string, offset: number): number {
  let hash = offset;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash >>> 0;
}
