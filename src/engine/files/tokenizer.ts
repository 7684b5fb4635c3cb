import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { EngineError } from "../errors.ts";
import { graphemes } from "../graphemes.ts";
import { JsonObject } from "./json.ts";

/** A character of the text that the vocabulary does not have; in WordPiece the whole word that it has no pieces for, normalized. */
export interface UnknownCharacter {
  /** Where it begins in `ids`. A composed character, such as 👍🏽, may take more than one of them. */
  readonly index: number;
  readonly char: string;
}

/** A text as the model reads it. */
export interface EncodedText {
  readonly ids: number[];
  /** 0 for the tokens of the first text, 1 for those of the second, as BERT wants them. */
  readonly segments: number[];
  /** The vocabulary's spelling of each id, as `token(id)` gives it. */
  readonly tokens: string[];
  readonly unknown: UnknownCharacter[];
}

/** Text to ids and back, from the tokenizer.json of a Hugging Face model; equal to Python's `PreTrainedTokenizerFast`. */
export class Tokenizer {
  /** Number of tokens that stand for something; their ids are 0 … size − 1. */
  readonly size: number;
  /** Ids of the tokens that stand for no text: ends of texts, forms of poems. */
  readonly specialIds: ReadonlySet<number>;
  readonly #inner: HuggingFaceTokenizer;
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #tokens: readonly string[];
  /** Whether every Chinese character is a word of its own, as in BERT. */
  readonly #splitsHan: boolean;
  /** What WordPiece puts in the place of a word; `null` for other models, which leave the word where it was. */
  readonly #unknownWord: { readonly token: string; readonly added: RegExp } | null;

  /**
   * @param json contents of tokenizer.json
   * @throws EngineError `bad-file`: a part is missing or wrong; `unsupported-model`: a kind of tokenizer unknown here
   */
  constructor(json: unknown) {
    const file = new JsonObject(json, "tokenizer.json");
    const model = file.object("model");
    const added = file.objects("added_tokens");
    // Old files do not say it, those of the first GPT-2 and BERT among them.
    const type = model.string("type", model.has("merges") ? "BPE" : "WordPiece");
    if (!["WordLevel", "BPE", "WordPiece", "Unigram"].includes(type)) {
      throw new EngineError("unsupported-model", `tokenizer.json: ${type}`);
    }

    this.#vocabulary = readVocabulary(type === "Unigram" ? scoredPieces(model) : vocabularyOf(model), added);
    this.#tokens = invert(this.#vocabulary);
    this.size = this.#tokens.length;
    const special = added.filter((token) => token.boolean("special", false));
    this.specialIds = new Set(special.map((token) => token.integer("id", 0)));

    const normalizer = file.has("normalizer") ? file.object("normalizer") : null;
    this.#splitsHan =
      normalizer?.string("type", "") === "BertNormalizer" && normalizer.boolean("handle_chinese_chars", true);

    // Two things the library would else take from tokenizer_config.json, or from the habits of old versions of transformers.
    const settings: { clean_up_tokenization_spaces: boolean; unk_token?: string } = {
      clean_up_tokenization_spaces: false,
    };
    if (type === "Unigram") settings.unk_token = this.token(model.integer("unk_id", 0));
    else if (type !== "BPE") {
      settings.unk_token = model.string("unk_token");
      if (!this.#vocabulary.has(settings.unk_token)) model.fail("unk_token", "不在词表里");
    }
    const addedTexts = added.map((token) => token.string("content"));
    this.#unknownWord = type === "WordPiece" ? { token: model.string("unk_token"), added: anyOf(addedTexts) } : null;
    try {
      const known = Object(json);
      this.#inner = new HuggingFaceTokenizer({ ...known, model: { ...known.model, type } }, settings);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EngineError("unsupported-model", `tokenizer.json: ${reason}`, { cause: error });
    }
  }

  /**
   * The ids of a text, or of two. Special tokens written in it, such as `[五绝]`, become their ids; what the vocabulary does not have
   * becomes the unknown token and is reported. Where the tokenizer says so, special tokens are put around it: `[CLS] … [SEP] … [SEP]`.
   */
  encode(text: string, second?: string): EncodedText {
    // The library's tokens are the pieces of the text as they were written, also where the id is that of the unknown token.
    const {
      ids,
      tokens: pieces,
      token_type_ids: types,
    } = this.#inner.encode(this.#prepare(text), {
      text_pair: second === undefined ? null : this.#prepare(second),
      return_token_type_ids: true,
    });
    // Only tokenizers that put something around their texts say which token is of which.
    const end = second === undefined ? ids.length : this.#inner.encode(this.#prepare(text)).ids.length;
    const segments = types ?? ids.map((_, i) => (i < end ? 0 : 1));
    const unknown: { index: number; char: string }[] = [];
    let unknownEnd = -1;
    for (const [i, piece] of this.#asWritten(pieces, [text, second ?? ""]).entries()) {
      if (this.#vocabulary.has(piece)) continue;
      const previous = unknown.at(-1);
      if (previous && unknownEnd === i && graphemes(previous.char + piece).length === 1) previous.char += piece;
      else unknown.push({ index: i, char: piece });
      unknownEnd = i + 1;
    }
    return { ids, segments, tokens: ids.map((id) => this.token(id)), unknown };
  }

  /** The pieces with the words of the texts where WordPiece has put the unknown token. */
  #asWritten(pieces: readonly string[], texts: readonly string[]): readonly string[] {
    const unknown = this.#unknownWord;
    if (!unknown || !pieces.includes(unknown.token)) return pieces;
    const { normalizer, pre_tokenizer: splitter, model } = this.#inner;
    const words = texts.flatMap((text) =>
      this.#prepare(text)
        .split(unknown.added)
        .flatMap((part, i) => {
          // What the pattern has matched stands at odd places: the unknown token may have been written as such.
          if (i % 2 === 1) return part === unknown.token ? [part] : [];
          const normal = normalizer?.normalize(part) ?? part;
          const split = splitter?.pre_tokenize(normal) ?? [normal];
          return split.filter((word) => model?.encode([word])[0] === unknown.token);
        }),
    );
    return pieces.map((piece) => (piece === unknown.token ? (words.shift() ?? piece) : piece));
  }

  #prepare(text: string): string {
    return this.#splitsHan ? text.replaceAll(RARE_HAN, " $& ") : text;
  }

  /** @throws EngineError `bad-input` for an id outside the vocabulary */
  decode(ids: readonly number[], options: { readonly skipSpecial?: boolean } = {}): string {
    // A model whose table is padded may, rarely, choose a row that stands for nothing.
    const kept = options.skipSpecial ? ids.filter((id) => id < this.size && !this.specialIds.has(id)) : [...ids];
    // The library takes other numbers for the unknown token,
    for (const id of kept) this.token(id);
    // and no empty list.
    return kept.length === 0 ? "" : this.#inner.decode(kept);
  }

  /** The vocabulary's spelling of an id. @throws EngineError `bad-input` for an id outside the vocabulary */
  token(id: number): string {
    const token = this.#tokens[id];
    if (token === undefined) throw new EngineError("bad-input", `词表里没有编号 ${id}`);
    return token;
  }

  /** The id of a token in the vocabulary's spelling; undefined if there is none. */
  id(token: string): number | undefined {
    return this.#vocabulary.get(token);
  }
}

/** Matches, and captures, any of these texts, the longest first. */
function anyOf(texts: readonly string[]): RegExp {
  const escaped = texts
    .toSorted((a, b) => b.length - a.length)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(${escaped.join("|") || "$^"})`, "u");
}

/** The Chinese characters beyond the first 65536 code points, which the library takes for letters. The ranges are those of Python's tokenizers. */
const RARE_HAN = /[\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** Unigram's pieces with their log-probabilities; a piece's place is its id. */
function scoredPieces(model: JsonObject): Map<string, number> {
  const pieces = model.value("vocab");
  if (!Array.isArray(pieces)) return model.fail("vocab", "应是数组");
  return new Map(
    pieces.map((piece: unknown, id) => {
      const [text, score] = Array.isArray(piece) ? piece : [];
      return typeof text === "string" && Number.isFinite(score) ? [text, id] : model.fail("vocab", "应是词元和分数");
    }),
  );
}

function vocabularyOf(model: JsonObject): Map<string, number> {
  const vocab = model.object("vocab");
  return new Map(vocab.keys().map((token) => [token, vocab.integer(token, 0)]));
}

function readVocabulary(own: ReadonlyMap<string, number>, added: readonly JsonObject[]): Map<string, number> {
  const vocabulary = new Map(own);
  for (const token of added) vocabulary.set(token.string("content"), token.integer("id", 0));
  return vocabulary;
}

/** Tokens by id. @throws EngineError `bad-file` */
function invert(vocabulary: ReadonlyMap<string, number>): string[] {
  const tokens = new Array<string | undefined>(vocabulary.size).fill(undefined);
  for (const [token, id] of vocabulary) tokens[id] = token;
  // As many ids as tokens, and none left out: so none occurs twice.
  if (tokens.length > vocabulary.size || !tokens.every((token) => token !== undefined)) {
    throw new EngineError("bad-file", "tokenizer.json: 词表的编号有空缺或重复");
  }
  return tokens;
}
