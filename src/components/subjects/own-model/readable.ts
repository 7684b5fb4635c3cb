import { nextTurn } from "../../../engine/experiments/experiment.ts";
import type { ModelInfo } from "../../../engine/worker.ts";
import { isMark } from "../../kit/text/token-text.ts";

/** Byte-level BPE (GPT-2) writes each byte as a character that can be seen: these as themselves, the others in order as what stands behind U+00FF. */
const isSeen = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const UNSEEN = ALL_BYTES.filter((byte) => !isSeen(byte));
const BYTES: ReadonlyMap<string, number> = new Map(
  ALL_BYTES.map((byte) => [String.fromCodePoint(isSeen(byte) ? byte : 0x100 + UNSEEN.indexOf(byte)), byte]),
);

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Controls but tabs and ends of lines: nobody sees them. */
const UNSEEN_CONTROLS = /[^\P{Cc}\t\n\r]/u;

/** What a token of byte-level BPE stands for; where it cuts a character apart, or cannot be seen, its bytes: `‹E4 BD›`. */
export function readableBytes(token: string): string {
  // By far the most, and quickly done.
  if (/^[!-~Ġ]*$/.test(token)) return token.replaceAll("Ġ", " ");
  const bytes = [...token].map((character) => BYTES.get(character));
  if (!bytes.every((byte) => byte !== undefined)) return token;
  try {
    const text = UTF8.decode(Uint8Array.from(bytes));
    if (!UNSEEN_CONTROLS.test(text)) return text;
  } catch {
    // A character is cut apart.
  }
  return `‹${bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ")}›`;
}

/** A mark in brackets, as all tokenizers of the site write theirs: `<|endoftext|>` is `[endoftext]`. */
function readableMark(token: string): string {
  if (isMark(token)) return token;
  return `[${token.replace(/^<\|?(?=.)/u, "").replace(/(?<=.)\|?>$/u, "")}]`;
}

/** Tokens that are gone through in one go. */
const AT_ONCE = 4096;

/**
 * The vocabulary of any model as a reader can read it; of two tokens that would read alike, as all are told apart by what they are, the latter has its id, too. There may
 * be many tokens: the page can be used meanwhile.
 */
export async function readableVocabulary({
  vocabulary,
  specialIds,
}: Pick<ModelInfo, "vocabulary" | "specialIds">): Promise<string[]> {
  const all = new Set(vocabulary);
  const byteLevel = [...BYTES.keys()].every((character) => all.has(character));
  const seen = new Set<string>();
  const texts: string[] = [];
  for (const [id, token] of vocabulary.entries()) {
    const text = specialIds.has(id) ? readableMark(token) : byteLevel ? readableBytes(token) : token;
    const own = seen.has(text) ? `${text}#${id}` : text;
    seen.add(own);
    texts.push(own);
    if (id % AT_ONCE === AT_ONCE - 1) await nextTurn();
  }
  return texts;
}
