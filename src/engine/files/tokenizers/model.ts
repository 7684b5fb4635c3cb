import { EngineError } from "../../errors.ts";
import type { JsonObject } from "../json.ts";
import { readBpe } from "./bpe.ts";
import { refuse } from "./refuse.ts";
import type { Cut, Model, ModelToken } from "./token.ts";
import { readUnigram } from "./unigram.ts";

/** What of a model's fields tells its kind where the file does not, in the order in which Python's tokenizers tries them. */
const KINDS: readonly (readonly [kind: string, fields: readonly string[]])[] = [
  ["BPE", ["vocab", "merges"]],
  ["WordPiece", ["vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word"]],
  ["WordLevel", ["vocab", "unk_token"]],
  ["Unigram", ["vocab"]],
];

/**
 * The `model` of a tokenizer.json. Old files do not say of what kind it is, those of the first GPT-2 and BERT among them.
 * @throws EngineError `unsupported-model`, `bad-file`
 */
export function readModel(json: JsonObject): Model {
  const known = json.has("type") ? json.string("type") : null;
  const inferred = KINDS.find(([kind, fields]) => {
    // Unigram alone has a list.
    return fields.every((field) => json.has(field)) && (kind === "Unigram") === Array.isArray(json.value("vocab"));
  })?.[0];
  const kind = known ?? inferred ?? refuse("model", "没有写明 type，也看不出是哪一种");
  switch (kind) {
    case "BPE": {
      const vocabulary = readVocabulary(json);
      return readBpe(json, vocabulary, invert(vocabulary));
    }
    case "WordPiece":
      return wordPiece(json, readVocabulary(json));
    case "WordLevel":
      return wordLevel(json, readVocabulary(json));
    case "Unigram":
      return readUnigram(json);
    default:
      return refuse("model", kind);
  }
}

function readVocabulary(json: JsonObject): Map<string, number> {
  const vocab = json.object("vocab");
  return new Map(vocab.keys().map((token) => [token, vocab.integer(token, 0)]));
}

/** Tokens by id. @throws EngineError `bad-file` if an id stands for two */
function invert(vocabulary: ReadonlyMap<string, number>): (string | undefined)[] {
  const tokens: (string | undefined)[] = [];
  for (const [token, id] of vocabulary) {
    // A list is as long as its largest index, and a file of a few bytes may name any.
    if (id >= MOST_IDS) throw new EngineError("bad-file", `tokenizer.json: 「${token}」的编号 ${id} 太大`);
    if (tokens[id] !== undefined) {
      throw new EngineError("bad-file", `tokenizer.json: 「${tokens[id]}」和「${token}」的编号都是 ${id}`);
    }
    tokens[id] = token;
  }
  return tokens;
}

/** More than any vocabulary has. */
const MOST_IDS = 1 << 24;

/** The token for what the vocabulary does not have, where it is met: files without one are fine as long as nobody needs it. */
function unknownToken(json: JsonObject, vocabulary: ReadonlyMap<string, number>): (text: string) => ModelToken {
  const id = vocabulary.get(json.string("unk_token"));
  return (text) => {
    if (id === undefined) throw new EngineError("bad-input", `词表里没有「${text}」，也没有代表未知的词元`);
    return { id, text, unknown: true };
  };
}

/** A word is in the vocabulary, or unknown. */
function wordLevel(json: JsonObject, vocabulary: ReadonlyMap<string, number>): Model {
  const unknown = unknownToken(json, vocabulary);
  const cut: Cut = (word) => {
    const id = vocabulary.get(word);
    return [id === undefined ? unknown(word) : { id, text: word, unknown: false }];
  };
  return { vocabulary, spelling: invert(vocabulary), cut };
}

/** The longest piece that fits, and so on to the end of the word (Schuster and Nakajima 2012, as in BERT). A word that ends otherwise is unknown as a whole. */
function wordPiece(json: JsonObject, vocabulary: ReadonlyMap<string, number>): Model {
  const unknown = unknownToken(json, vocabulary);
  const prefix = json.string("continuing_subword_prefix", "##");
  const longest = json.integer("max_input_chars_per_word", 0, 100);
  const cut: Cut = (word) => {
    const characters = Array.from(word);
    if (characters.length > longest) return [unknown(word)];
    const pieces: ModelToken[] = [];
    let start = 0;
    while (start < characters.length) {
      let end = characters.length;
      let id: number | undefined;
      let text = "";
      for (; end > start && id === undefined; end--) {
        text = (start > 0 ? prefix : "") + characters.slice(start, end).join("");
        id = vocabulary.get(text);
      }
      if (id === undefined) return [unknown(word)];
      pieces.push({ id, text, unknown: false });
      start = end + 1;
    }
    return pieces;
  };
  return { vocabulary, spelling: invert(vocabulary), cut };
}
