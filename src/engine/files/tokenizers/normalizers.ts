import type { JsonObject } from "../json.ts";
import { toByteLevel } from "./byte-level.ts";
import { literal, SPACE } from "./characters.ts";
import { Charsmap } from "./charsmap.ts";
import { fromOniguruma } from "./oniguruma.ts";
import { refuse } from "./refuse.ts";
import { matchesOf } from "./spans.ts";

/** What is done to a text before it is cut. */
export type Normalizer = (text: string) => string;

/**
 * A `normalizer` of tokenizer.json.
 * @throws EngineError `unsupported-model` for a kind unknown here, `bad-file` for a wrong field
 */
export function readNormalizer(json: JsonObject): Normalizer {
  const kind = json.string("type");
  switch (kind) {
    case "Sequence": {
      const all = json.objects("normalizers").map(readNormalizer);
      return (text) => all.reduce((done, normalize) => normalize(done), text);
    }
    case "BertNormalizer":
      return bertNormalizer(json);
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return (text) => text.normalize(kind);
    case "Lowercase":
      return lowercase;
    case "StripAccents":
      return (text) => text.replaceAll(/\p{M}/gu, "");
    case "Strip": {
      const ends = [
        ...(json.boolean("strip_left") ? [`^[${SPACE}]+`] : []),
        ...(json.boolean("strip_right") ? [`[${SPACE}]+$`] : []),
      ];
      const pattern = new RegExp(ends.join("|") || "(?!)", "gv");
      return (text) => text.replaceAll(pattern, "");
    }
    case "Nmt":
      return (text) => text.replaceAll(NMT_DROPPED, "").replaceAll(NMT_SPACES, " ");
    case "Precompiled": {
      const charsmap = new Charsmap(json.string("precompiled_charsmap"));
      return (text) => charsmap.normalize(text);
    }
    case "Replace":
      return replacer(json);
    case "Prepend": {
      const prefix = json.string("prepend");
      return (text) => (text === "" ? "" : prefix + text);
    }
    case "ByteLevel":
      return toByteLevel;
    default:
      return refuse("normalizer", kind);
  }
}

/** Character for character, as Rust does it: without the other sigma at the end of a word. */
function lowercase(text: string): string {
  return text.replaceAll("Σ", "σ").toLowerCase();
}

/** As Moses and SentencePiece treat what is not seen. */
const NMT_DROPPED = /[\p{Cc}--[\0\t\n\f\r\u{80}-\u{8e}\u{90}-\u{9e}]]/gv;
const NMT_SPACES = /[\t\n\f\r\u{1680}\u{200b}-\u{200f}\u{2028}\u{2029}\u{2581}\u{feff}\u{fffd}]/gu;

/** What cannot be seen, but for tab, line feed and carriage return, which are spaces. Unlike Google's BERT, unassigned characters stay. */
const UNSEEN = /[[\0\uFFFD\p{Cc}\p{Cf}\p{Co}]--[\t\n\r]]/gv;
/** The blocks of Chinese characters that Google's BERT names, and one that Python's tokenizers begins later. */
const HAN =
  /[\u{4e00}-\u{9fff}\u{3400}-\u{4dbf}\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{f900}-\u{faff}\u{2f800}-\u{2fa1f}]/gu;

function bertNormalizer(json: JsonObject): Normalizer {
  const lower = json.boolean("lowercase", true);
  const clean = json.boolean("clean_text", true);
  const han = json.boolean("handle_chinese_chars", true);
  // Where nothing is said of accents, they go with the capitals.
  const accents = json.boolean("strip_accents", lower);
  return (text) => {
    let done = text;
    if (clean) done = done.replaceAll(UNSEEN, "").replaceAll(/\p{White_Space}/gu, " ");
    if (han) done = done.replaceAll(HAN, " $& ");
    if (accents) done = done.normalize("NFD").replaceAll(/\p{Mn}/gu, "");
    return lower ? lowercase(done) : done;
  };
}

/** `Replace`, which is a decoder, too. Its content is no template. */
export function replacer(json: JsonObject): Normalizer {
  const pattern = readPattern(json.object("pattern"));
  const content = json.string("content");
  return (text) => {
    let done = "";
    let reached = 0;
    for (const { start, end } of matchesOf(text, pattern)) {
      done += text.slice(reached, start) + content;
      reached = end;
    }
    return done + text.slice(reached);
  };
}

/** `{"String": …}`, which is meant literally, or `{"Regex": …}`. */
export function readPattern(json: JsonObject): RegExp {
  if (json.has("Regex")) return fromOniguruma(json.string("Regex"));
  return new RegExp(literal(json.string("String")), "gv");
}
