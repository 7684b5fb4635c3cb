/**
 * GPT-2's spelling of bytes: the printable ones of Latin-1 stand for themselves, the others for the characters from U+0100 on, so that every text is
 * one of visible characters (Radford et al. 2019).
 */
const SPELLING: readonly string[] = spellBytes();
const BYTES: ReadonlyMap<string, number> = new Map(SPELLING.map((character, byte) => [character, byte]));
const encoder = new TextEncoder();

function spellBytes(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCodePoint(printable ? byte : next++);
  });
}

/** A text as the bytes of its UTF-8, a character for each. */
export function toByteLevel(text: string): string {
  return Array.from(encoder.encode(text), (byte) => SPELLING[byte]).join("");
}

/** The text of such tokens. A token with another character in it stands for its own UTF-8; what is no UTF-8 becomes U+FFFD. */
export function fromByteLevel(tokens: readonly string[]): string {
  const bytes: number[] = [];
  for (const token of tokens) {
    const own = Array.from(token, (character) => BYTES.get(character));
    for (const byte of own.includes(undefined) ? encoder.encode(token) : own) bytes.push(byte!);
  }
  // A byte order mark is a character as any other.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

/** How vocabularies with `byte_fallback` spell a byte. */
export function fallbackToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
}

/** The bytes of a text as such tokens. */
export function fallbackTokens(text: string): string[] {
  return Array.from(encoder.encode(text), fallbackToken);
}
