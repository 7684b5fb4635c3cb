import type { JsonObject } from "../json.ts";
import { toByteLevel } from "./byte-level.ts";
import { escaped, PUNCTUATION, RUST_WORD, SPACE } from "./characters.ts";
import { readPattern } from "./normalizers.ts";
import { fromOniguruma } from "./oniguruma.ts";
import { refuse } from "./refuse.ts";
import { BEHAVIORS, type Behavior, type Piece, splitPiece } from "./spans.ts";

/** How a piece of a text is cut before the model sees it. */
export type PreTokenizer = (piece: Piece) => readonly Piece[];

/**
 * A `pre_tokenizer` of tokenizer.json.
 * @throws EngineError `unsupported-model` for a kind unknown here, `bad-file` for a wrong field
 */
export function readPreTokenizer(json: JsonObject): PreTokenizer {
  const kind = json.string("type");
  switch (kind) {
    case "Sequence": {
      const all = json.objects("pretokenizers").map(readPreTokenizer);
      return (piece) => all.reduce<readonly Piece[]>((pieces, cut) => pieces.flatMap(cut), [piece]);
    }
    case "Whitespace":
      return (piece) => splitPiece(piece, WORDS, "Removed", true);
    case "WhitespaceSplit":
      return (piece) => splitPiece(piece, SPACES, "Removed");
    case "BertPreTokenizer":
      return (piece) =>
        splitPiece(piece, SPACES, "Removed").flatMap((word) => splitPiece(word, PUNCTUATIONS, "Isolated"));
    case "Punctuation": {
      const behavior = readBehavior(json, "Isolated");
      return (piece) => splitPiece(piece, PUNCTUATIONS, behavior);
    }
    case "Digits": {
      const behavior = json.boolean("individual_digits") ? "Isolated" : "Contiguous";
      return (piece) => splitPiece(piece, DIGITS, behavior);
    }
    case "CharDelimiterSplit": {
      const delimiter = new RegExp(escaped(oneCharacter(json, "delimiter")), "gv");
      return (piece) => splitPiece(piece, delimiter, "Removed");
    }
    case "FixedLength": {
      const chunk = new RegExp(`[\\s\\S]{1,${json.integer("length", 1, 5)}}`, "gv");
      return (piece) => splitPiece(piece, chunk, "Isolated");
    }
    case "Split": {
      const pattern = readPattern(json.object("pattern"));
      const [behavior, inverted] = [readBehavior(json), json.boolean("invert")];
      return (piece) => splitPiece(piece, pattern, behavior, inverted);
    }
    case "Metaspace":
      return metaspace(json);
    case "ByteLevel":
      return byteLevel(json);
    default:
      // `UnicodeScripts` is one of them: its table of scripts is older than any browser's.
      return refuse("pre_tokenizer", kind);
  }
}

const WORDS = new RegExp(`[${RUST_WORD}]+|[^${RUST_WORD}${SPACE}]+`, "gv");
const SPACES = new RegExp(`[${SPACE}]`, "gv");
const PUNCTUATIONS = new RegExp(`[${PUNCTUATION}]`, "gv");
const DIGITS = /\p{N}/gv;

function readBehavior(json: JsonObject, fallback?: Behavior): Behavior {
  const name = json.string("behavior", fallback);
  return BEHAVIORS.find((behavior) => behavior === name) ?? json.fail("behavior", `应是 ${BEHAVIORS.join("、")} 之一`);
}

function oneCharacter(json: JsonObject, key: string): string {
  const text = json.string(key);
  return Array.from(text).length === 1 ? text : json.fail(key, "应是一个字符");
}

/** Whether text gets the character of a space before it: `always`, only at the beginning of the whole, or `never`. */
export function readMetaspace(json: JsonObject): { readonly mark: string; readonly scheme: string } {
  const scheme = json.string("prepend_scheme", "always");
  if (!["always", "first", "never"].includes(scheme)) json.fail("prepend_scheme", "应是 always、first、never 之一");
  // Old files have this instead; Python's tokenizers refuses the two when they differ.
  if (!json.boolean("add_prefix_space", true) && scheme !== "never") {
    refuse("Metaspace", "add_prefix_space 和 prepend_scheme 不一致");
  }
  return { mark: oneCharacter(json, "replacement"), scheme };
}

/** SentencePiece's way: a space is a visible character, and belongs to the word behind it. */
function metaspace(json: JsonObject): PreTokenizer {
  const { mark, scheme } = readMetaspace(json);
  const split = json.boolean("split", true);
  const marks = new RegExp(escaped(mark), "gv");
  return ({ text, first }) => {
    const marked = text.replaceAll(" ", () => mark);
    const prepend = (scheme === "always" || (scheme === "first" && first)) && !marked.startsWith(mark);
    const piece = { text: prepend ? mark + marked : marked, first };
    return split ? splitPiece(piece, marks, "MergedWithNext") : [piece];
  };
}

/** GPT-2's words: letters, digits and signs with the space before them. */
const GPT2 = fromOniguruma("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

function byteLevel(json: JsonObject): PreTokenizer {
  const prefix = json.boolean("add_prefix_space", true);
  const cut = json.boolean("use_regex", true);
  return ({ text, first }) => {
    const piece = { text: prefix && !text.startsWith(" ") ? ` ${text}` : text, first };
    const words = cut ? splitPiece(piece, GPT2, "Isolated") : [piece];
    return words.map((word) => ({ ...word, text: toByteLevel(word.text) }));
  };
}
