import type { JsonObject } from "../json.ts";
import { literal, RUST_WORD, SPACE } from "./characters.ts";
import type { Normalizer } from "./normalizers.ts";
import type { Piece } from "./spans.ts";

/** A token that is found in a text before everything else. */
interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** What it is called where it has become an id: its normalized content, if that is looked for. */
  readonly spelling: string;
  readonly special: boolean;
  /** Whether it is looked for in the normalized text, and its own content normalized. */
  readonly normalized: boolean;
  /** Whether no letter or digit may stand beside it. */
  readonly singleWord: boolean;
  /** Whether it takes the spaces to its left and to its right. */
  readonly left: boolean;
  readonly right: boolean;
}

/** A piece of a text, or a token that stood in it; `text` is what it looked like there. */
export type Part = Piece & { readonly id: number | null };

type Finder = (piece: Piece) => readonly Part[];

const WORD_BEFORE = new RegExp(`(?<=[${RUST_WORD}])`, "vy");
const WORD_AFTER = new RegExp(`(?=[${RUST_WORD}])`, "vy");
const SPACES_BEFORE = new RegExp(`(?<=([${SPACE}]*))`, "vy");
const SPACES_AFTER = new RegExp(`(?=([${SPACE}]*))`, "vy");

/** The tokens that a tokenizer.json adds to its model's. */
export class AddedTokens {
  /** Ids by content. */
  readonly ids: ReadonlyMap<string, number>;
  /** The tokens that stand for no text. Their spelling tells, as in Python. */
  readonly specialIds: ReadonlySet<number>;
  readonly tokens: readonly AddedToken[];
  readonly #raw: Finder;
  readonly #normalized: Finder;
  readonly #normalize: Normalizer;

  /** @throws EngineError `bad-file` */
  constructor(list: readonly JsonObject[], vocabulary: ReadonlyMap<string, number>, normalize: Normalizer) {
    const tokens = readTokens(list, vocabulary, normalize);
    this.tokens = tokens;
    this.ids = new Map(tokens.map(({ content, id }) => [content, id]));
    const special = new Set(tokens.filter((token) => token.special).map(({ content }) => content));
    this.specialIds = new Set(tokens.filter(({ spelling }) => special.has(spelling)).map(({ id }) => id));
    this.#normalize = normalize;
    const ordered = [...tokens.filter(({ special }) => special), ...tokens.filter(({ special }) => !special)];
    this.#raw = finder(ordered.filter(({ normalized }) => !normalized));
    this.#normalized = finder(ordered.filter(({ normalized }) => normalized));
  }

  /** The added tokens of a text, and between them what the model is to cut, normalized. */
  split(text: string): Part[] {
    return this.#raw({ text, first: true }).flatMap((part) => {
      if (part.id !== null) return [part];
      return this.#normalized({ text: this.#normalize(part.text), first: part.first && this.#keepsFirst(part.text) });
    });
  }

  /** Whether the first character of a text leaves something behind when it is normalized: else what begins there does not begin the text. */
  #keepsFirst(text: string): boolean {
    const [first = ""] = text;
    return this.#normalize(first) !== "";
  }
}

/** Which id a token has is not for its entry to say: Python's tokenizers gives it that of the model's vocabulary, or the next free one. */
function readTokens(
  list: readonly JsonObject[],
  vocabulary: ReadonlyMap<string, number>,
  normalize: Normalizer,
): AddedToken[] {
  const tokens: AddedToken[] = [];
  let next = vocabulary.size;
  for (const json of list) {
    const content = json.string("content");
    if (content === "" || tokens.some((token) => token.content === content)) continue;
    const id = vocabulary.get(content) ?? next++;
    const special = json.boolean("special", false);
    const normalized = json.boolean("normalized", !special);
    tokens.push({
      id,
      content,
      special,
      spelling: normalized ? normalize(content) : content,
      normalized,
      singleWord: json.boolean("single_word", false),
      left: json.boolean("lstrip", false),
      right: json.boolean("rstrip", false),
    });
  }
  return tokens;
}

/** Finds the leftmost of these tokens, and of several there the longest. */
function finder(tokens: readonly AddedToken[]): Finder {
  const sought = new Map<string, AddedToken>();
  for (const token of tokens) if (!sought.has(token.spelling)) sought.set(token.spelling, token);
  sought.delete("");
  if (sought.size === 0) return ({ text, first }) => (text === "" ? [] : [{ text, first, id: null }]);
  const spellings = [...sought.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(spellings.map(literal).join("|"), "gv");
  return ({ text, first }) => {
    const parts: Part[] = [];
    let reached = 0;
    const part = (start: number, end: number, id: number | null): void => {
      if (end > start) parts.push({ text: text.slice(start, end), first: first && start === 0, id });
    };
    for (const { index, 0: match } of text.matchAll(pattern)) {
      const token = sought.get(match)!;
      const behind = index + match.length;
      if (token.singleWord && (at(WORD_BEFORE, text, index) || at(WORD_AFTER, text, behind))) continue;
      const start = token.left ? Math.max(reached, index - (at(SPACES_BEFORE, text, index)?.[1]?.length ?? 0)) : index;
      const end = behind + (token.right ? (at(SPACES_AFTER, text, behind)?.[1]?.length ?? 0) : 0);
      part(reached, start, null);
      part(start, end, token.id);
      reached = end;
    }
    part(reached, text.length, null);
    return parts;
  };
}

/** What a sticky pattern finds at a place in a text. */
function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
