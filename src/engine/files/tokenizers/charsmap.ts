import { graphemes } from "../../graphemes.ts";
import { refuse } from "./refuse.ts";

/** Graphemes of more bytes are looked up character by character. */
const LONGEST_GRAPHEME = 6;

/**
 * The replacements that a SentencePiece model brings with it, such as those of `nmt_nfkc`: a double-array trie of byte sequences (as darts-clone
 * builds it), and behind it the texts that stand for them, each ended by a zero.
 */
export class Charsmap {
  readonly #units: Uint32Array;
  readonly #texts: Uint8Array;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  /** @param base64 `precompiled_charsmap` of a tokenizer.json */
  constructor(base64: string) {
    const bytes = fromBase64(base64);
    const size = bytes.length < 4 ? Number.POSITIVE_INFINITY : new DataView(bytes.buffer).getUint32(0, true);
    if (size + 4 > bytes.length || size % 4 !== 0) refuse("normalizer", "Precompiled，内容不完整");
    this.#units = new Uint32Array(bytes.slice(4, 4 + size).buffer);
    this.#texts = bytes.subarray(4 + size);
  }

  normalize(text: string): string {
    return graphemes(text)
      .map((grapheme) => {
        const whole = this.#encoder.encode(grapheme).length < LONGEST_GRAPHEME ? this.#replacement(grapheme) : null;
        return whole ?? Array.from(grapheme, (character) => this.#replacement(character) ?? character).join("");
      })
      .join("");
  }

  /** What stands for this text, or for the shortest beginning of it that the trie has: so Python's tokenizers reads it. */
  #replacement(text: string): string | null {
    let place = 0;
    let unit = this.#units[0] ?? 0;
    place ^= offsetOf(unit);
    for (const byte of this.#encoder.encode(text)) {
      if (byte === 0) return null;
      place ^= byte;
      unit = this.#units[place] ?? 0;
      if ((unit & 0x800000ff) >>> 0 !== byte) return null;
      place ^= offsetOf(unit);
      // A leaf is here: its value is where the text begins.
      if ((unit >>> 8) & 1) return this.#textAt((this.#units[place] ?? 0) & 0x7fffffff);
    }
    return null;
  }

  #textAt(start: number): string {
    const end = this.#texts.indexOf(0, start);
    return this.#decoder.decode(this.#texts.subarray(start, end < 0 ? undefined : end));
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return refuse("normalizer", "Precompiled，不是 base64");
  }
}
