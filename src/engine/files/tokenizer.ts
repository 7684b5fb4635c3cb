import { EngineError } from "../errors.ts";
import { graphemes } from "../graphemes.ts";
import { JsonObject } from "./json.ts";
import { AddedTokens } from "./tokenizers/added-tokens.ts";
import { type Decoder, readDecoder } from "./tokenizers/decoders.ts";
import { readModel } from "./tokenizers/model.ts";
import { readNormalizer } from "./tokenizers/normalizers.ts";
import { besideEachOther, type PostProcessor, readPostProcessor } from "./tokenizers/post-processors.ts";
import { type PreTokenizer, readPreTokenizer } from "./tokenizers/pre-tokenizers.ts";
import type { Model, ModelToken } from "./tokenizers/token.ts";

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

/**
 * Text to ids and back, from the tokenizer.json of a Hugging Face model; equal to Python's `PreTrainedTokenizerFast`, which leaves aside what the
 * file says of truncation and padding. What a file may name is in `tokenizers/`.
 */
export class Tokenizer {
  /** One more than the largest id that stands for something. */
  readonly size: number;
  /** Ids of the tokens that stand for no text: ends of texts, forms of poems. */
  readonly specialIds: ReadonlySet<number>;
  readonly #model: Model;
  readonly #added: AddedTokens;
  readonly #preTokenize: PreTokenizer;
  readonly #postProcess: PostProcessor;
  readonly #decode: Decoder;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #tokens: readonly (string | undefined)[];
  readonly #limit: number;

  /**
   * @param json contents of tokenizer.json
   * @param limit how many ids the model knows; a token beyond is no fault of the file as long as no text has it
   * @throws EngineError `bad-file`: a part is missing or wrong; `unsupported-model`: a kind of tokenizer unknown here
   */
  constructor(json: unknown, limit = Number.POSITIVE_INFINITY) {
    const file = new JsonObject(json, "tokenizer.json");
    const part = (key: string): JsonObject | null => (file.has(key) ? file.object(key) : null);
    const [normalizer, preTokenizer] = [part("normalizer"), part("pre_tokenizer")];
    const [postProcessor, decoder] = [part("post_processor"), part("decoder")];
    const added = file.has("added_tokens") ? file.objects("added_tokens") : [];
    const normalize = normalizer ? readNormalizer(normalizer) : (text: string) => text;
    this.#model = readModel(file.object("model"));
    this.#added = new AddedTokens(added, this.#model.vocabulary, normalize);
    this.#preTokenize = preTokenizer ? readPreTokenizer(preTokenizer) : (piece) => [piece];
    this.#postProcess = postProcessor ? readPostProcessor(postProcessor) : besideEachOther;
    this.#decode = decoder ? readDecoder(decoder) : (tokens) => [tokens.join(" ")];
    this.#ids = new Map([...this.#model.vocabulary, ...this.#added.ids]);
    // Ids of added tokens may be those of others, where a vocabulary has gaps.
    const tokens = [...this.#model.spelling];
    for (const { id, spelling } of this.#added.tokens) tokens[id] = spelling;
    this.#tokens = tokens;
    this.#limit = limit;
    this.size = this.#tokens.length;
    this.specialIds = this.#added.specialIds;
  }

  /**
   * The ids of a text, or of two. Special tokens written in it, such as `[五绝]`, become their ids; what the vocabulary does not have
   * becomes the unknown token and is reported. Where the tokenizer says so, special tokens are put around it: `[CLS] … [SEP] … [SEP]`.
   * @throws EngineError `bad-input` where the vocabulary has nothing for a character, or the model nothing for a token
   */
  encode(text: string, second?: string): EncodedText {
    const found = this.#postProcess(this.#cut(text), second === undefined ? null : this.#cut(second));
    const unknown: { index: number; char: string }[] = [];
    let unknownEnd = -1;
    for (const [i, token] of found.entries()) {
      if (token.id >= this.#limit) {
        throw new EngineError("bad-input", `「${token.text}」的编号是 ${token.id}，模型只有 ${this.#limit} 个`);
      }
      if (!token.unknown) continue;
      const previous = unknown.at(-1);
      if (previous && unknownEnd === i && graphemes(previous.char + token.text).length === 1)
        previous.char += token.text;
      else unknown.push({ index: i, char: token.text });
      unknownEnd = i + 1;
    }
    return {
      ids: found.map(({ id }) => id),
      segments: found.map(({ segment }) => segment),
      tokens: found.map(({ id }) => this.token(id)),
      unknown,
    };
  }

  #cut(text: string): ModelToken[] {
    return this.#added.split(text).flatMap((part) => {
      if (part.id !== null) return [{ id: part.id, text: part.text, unknown: false }];
      return this.#preTokenize(part).flatMap((piece) => this.#model.cut(piece.text));
    });
  }

  /** @throws EngineError `bad-input` for an id outside the vocabulary */
  decode(ids: readonly number[], options: { readonly skipSpecial?: boolean } = {}): string {
    // A model whose table is padded may, rarely, choose a row that stands for nothing.
    const kept = options.skipSpecial ? ids.filter((id) => this.has(id) && !this.specialIds.has(id)) : ids;
    return this.#decode(kept.map((id) => this.token(id))).join("");
  }

  /** Whether an id stands for something. */
  has(id: number): boolean {
    return this.#tokens[id] !== undefined;
  }

  /** The vocabulary's spelling of an id. @throws EngineError `bad-input` for an id outside the vocabulary */
  token(id: number): string {
    const token = this.#tokens[id];
    if (token === undefined) throw new EngineError("bad-input", `词表里没有编号 ${id}`);
    return token;
  }

  /** The id of a token in the vocabulary's spelling; undefined if there is none. */
  id(token: string): number | undefined {
    return this.#ids.get(token);
  }
}
