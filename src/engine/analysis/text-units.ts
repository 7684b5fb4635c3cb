import { maxOf } from "../statistics.ts";
import { PairMerging } from "./pair-merging.ts";

/** What a language model reads one after the other. */
export type TextUnit = "bytes" | "characters" | "words" | "wordpiece" | "bpe";

const utf8 = new TextEncoder();
/** Kinds of byte: what every vocabulary begins with. */
const BYTES = 256;

/**
 * A vocabulary that any text can be written in, whatever it was learnt from: what it does not have is spelt in smaller units, at last in bytes. So no
 * token is unknown, nothing is lost, and models of different vocabularies can be asked the same.
 */
export class TextUnits {
  /** The bytes of each token. */
  readonly tokens: readonly (readonly number[])[];
  readonly #encode: (text: string) => Int32Array;

  /**
   * @param text what the units are taken from: all of its characters; those of its words that it has twice
   * @param merges of BPE and of WordPiece; the others have none
   */
  constructor(text: string, unit: TextUnit, merges: number) {
    if (unit === "bpe") {
      const learnt = new PairMerging(text, "bytes").learnUpTo(merges);
      this.tokens = learnt.tokens.map(({ bytes }) => bytes);
      this.#encode = (read) => Int32Array.from(learnt.encode(read));
      return;
    }
    const known = [...new Set(unitsOf(text, unit, merges))].sort();
    const ids = new Map(known.map((token, i) => [token, BYTES + i]));
    const spell = (token: string): readonly number[] => {
      const id = ids.get(token);
      if (id !== undefined) return [id];
      const characters = [...token];
      return characters.length > 1 ? characters.flatMap(spell) : [...utf8.encode(token)];
    };
    const cut = { bytes: plain, characters: plain, words: segmented, wordpiece: longestFirst(ids) }[unit];
    this.tokens = [
      ...Array.from({ length: BYTES }, (_, byte) => [byte]),
      ...known.map((token) => [...utf8.encode(token)]),
    ];
    this.#encode = (read) => Int32Array.from(cut(read).flatMap(spell));
  }

  get size(): number {
    return this.tokens.length;
  }

  encode(text: string): Int32Array {
    return this.#encode(text);
  }
}

/** What a vocabulary has besides bytes. */
function unitsOf(text: string, unit: Exclude<TextUnit, "bpe">, merges: number): string[] {
  if (unit === "bytes") return [];
  if (unit === "words") return [...text, ...repeated(segmented(text))];
  if (unit === "characters") return [...text];
  const { tokens } = new PairMerging(text, "pieces").learnUpTo(merges);
  // Where a piece stands in its word is seen from the text; that it has two names makes no difference to a model that reads all of it.
  return tokens.map(({ bytes }) => readBytes(bytes));
}

const plain = (text: string): string[] => [...text];

/** The words of a text as the browser's dictionary has them, signs and spaces among them: its letters, one after the other, are all of the text. */
export function segmented(text: string): string[] {
  // An old browser has none: there a character is a word.
  if (!("Segmenter" in Intl)) return [...text];
  return Array.from(new Intl.Segmenter("zh", { granularity: "word" }).segment(text), ({ segment }) => segment);
}

function repeated(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].flatMap(([word, count]) => (count > 1 ? [word] : []));
}

/** WordPiece's way to cut: from left to right the longest piece that fits. A character that is none is one by itself. */
function longestFirst(known: ReadonlyMap<string, number>): (text: string) => string[] {
  const longest = Math.max(1, maxOf([...known.keys()].map((piece) => [...piece].length)));
  return (text) => {
    const characters = [...text];
    const pieces: string[] = [];
    for (let start = 0; start < characters.length; ) {
      let size = Math.min(longest, characters.length - start);
      while (size > 1 && !known.has(characters.slice(start, start + size).join(""))) size--;
      pieces.push(characters.slice(start, start + size).join(""));
      start += size;
    }
    return pieces;
  };
}

/** Bytes as a text. What is no character, as a model may write it, is given as its number: ‹E8›. */
export function readBytes(bytes: readonly number[]): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    try {
      text += decoder.decode(Uint8Array.from(bytes.slice(i, i + length)));
      i += length;
    } catch {
      text += `‹${first.toString(16).toUpperCase().padStart(2, "0")}›`;
      i++;
    }
  }
  return text;
}
