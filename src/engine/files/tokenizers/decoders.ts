import type { JsonObject } from "../json.ts";
import { fromByteLevel } from "./byte-level.ts";
import { replacer } from "./normalizers.ts";
import { readMetaspace } from "./pre-tokenizers.ts";
import { refuse } from "./refuse.ts";

/** What becomes of tokens when they are a text again: its parts, to be set one behind the other. */
export type Decoder = (tokens: readonly string[]) => readonly string[];

/**
 * A `decoder` of tokenizer.json.
 * @throws EngineError `unsupported-model` for a kind unknown here, `bad-file` for a wrong field
 */
export function readDecoder(json: JsonObject): Decoder {
  const kind = json.string("type");
  switch (kind) {
    case "Sequence": {
      const all = json.objects("decoders").map(readDecoder);
      return (tokens) => all.reduce((done, decode) => decode(done), tokens);
    }
    case "ByteLevel":
      return (tokens) => [fromByteLevel(tokens)];
    case "Fuse":
      return (tokens) => [tokens.join("")];
    case "WordPiece": {
      const [prefix, cleanup] = [json.string("prefix", "##"), json.boolean("cleanup", true)];
      return (tokens) =>
        tokens.map((token, i) => {
          const part = i === 0 ? token : token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`;
          return cleanup ? cleaned(part) : part;
        });
    }
    case "BPEDecoder": {
      const suffix = json.string("suffix", "</w>");
      return (tokens) => tokens.map((token, i) => token.replaceAll(suffix, i === tokens.length - 1 ? "" : " "));
    }
    case "Metaspace": {
      const { mark, scheme } = readMetaspace(json);
      return (tokens) => tokens.map((token, i) => token.replaceAll(mark, i === 0 && scheme !== "never" ? "" : " "));
    }
    case "Replace": {
      const replace = replacer(json);
      return (tokens) => tokens.map(replace);
    }
    case "Strip":
      return stripper(json);
    case "ByteFallback":
      return bytesAsText;
    case "CTC":
      return ctc(json);
    default:
      return refuse("decoder", kind);
  }
}

/** English punctuation without the spaces before it; each token for itself. */
const CLEANED: readonly (readonly [from: string, to: string])[] = [
  [" .", "."],
  [" ?", "?"],
  [" !", "!"],
  [" ,", ","],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [" do not", " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
];

function cleaned(text: string): string {
  return CLEANED.reduce((done, [from, to]) => done.replaceAll(from, to), text);
}

/** Takes so many of one character from either end. */
function stripper(json: JsonObject): Decoder {
  const content = json.string("content");
  const [start, stop] = [json.integer("start", 0), json.integer("stop", 0)];
  return (tokens) =>
    tokens.map((token) => {
      const characters = Array.from(token);
      let [from, to] = [0, characters.length];
      while (from < start && characters[from] === content) from++;
      while (characters.length - to < stop && to > from && characters[to - 1] === content) to--;
      return characters.slice(from, to).join("");
    });
}

/** Runs of `<0x…>` as the text that they spell; what is no UTF-8 becomes a U+FFFD for each byte. */
const bytesAsText: Decoder = (tokens) => {
  const parts: string[] = [];
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length === 0) return;
    for (const part of utf8Or(bytes)) parts.push(part);
    bytes = [];
  };
  for (const token of tokens) {
    const byte = /^<0x([\dA-Fa-f]{2})>$/.exec(token)?.[1];
    if (byte !== undefined) bytes.push(Number.parseInt(byte, 16));
    else {
      flush();
      parts.push(token);
    }
  }
  flush();
  return parts;
};

function utf8Or(bytes: readonly number[]): readonly string[] {
  try {
    return [new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))];
  } catch {
    return bytes.map(() => "\uFFFD");
  }
}

/** Connectionist temporal classification (Graves et al. 2006): repeated tokens count once, and the blank not at all. */
function ctc(json: JsonObject): Decoder {
  const [pad, space] = [json.string("pad_token", "<pad>"), json.string("word_delimiter_token", "|")];
  const cleanup = json.boolean("cleanup", true);
  return (tokens) =>
    tokens
      .filter((token, i) => token !== tokens[i - 1])
      .map((token) => {
        const own = token.replaceAll(pad, "");
        return cleanup ? cleaned(own).replaceAll(space, " ") : own;
      })
      .filter((part) => part !== "");
}
