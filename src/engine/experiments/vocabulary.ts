import { EngineError } from "../errors.ts";

/** The different tokens of a text that is trained on, in a fixed order: the same text gives the same numbers. */
export class Vocabulary {
  readonly tokens: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(text: Iterable<string>) {
    this.tokens = [...new Set(text)].sort();
    this.#ids = new Map(this.tokens.map((token, id) => [token, id]));
  }

  get size(): number {
    return this.tokens.length;
  }

  /** @throws EngineError `bad-input` for a token that the text does not have */
  encode(tokens: Iterable<string>): Int32Array {
    return Int32Array.from(tokens, (token) => {
      const id = this.#ids.get(token);
      if (id === undefined) throw new EngineError("bad-input", `训练的文字里没有「${token}」`);
      return id;
    });
  }
}
