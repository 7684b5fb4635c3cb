import type { Gpt2Config } from "../../../../engine/files/config.ts";
import type { Origin } from "../../../kit/frame/types.ts";

/** What is to be known of a model and its reading beside the numbers: the shapes of its tensors follow from it. */
export type Sizes = Pick<
  Gpt2Config,
  | "layers"
  | "heads"
  | "width"
  | "innerWidth"
  | "vocabularySize"
  | "contextLength"
  | "tiedHead"
  | "activation"
  | "scaling"
> & {
  /** What stands before every text; empty where nothing does. */
  readonly mark: string;
  /** Whether each token of the text that is read is one character. */
  readonly characters: boolean;
};

/** How a station lies: its rows are always the tokens, its columns these. */
export type Form =
  /** No matrix: the tokens and their ids. */
  | "ids"
  /** A row of numbers for each token. */
  | "rows"
  /** The same, of one head. */
  | "head"
  /** A column for each token that is looked at, of one head. */
  | "square"
  /** No matrix: the likeliest next tokens of the chosen one. */
  | "guesses";

/** What feeds a station: another station, or weights that were learnt. */
export interface Source {
  /** `stream` is the residual stream as it comes into the block. */
  readonly station?: string;
  /** Of weights, which have no station: what they are, and their shape. */
  readonly weights?: (sizes: Sizes) => string;
}

/** Words that may depend on the model. */
type Words = string | ((sizes: Sizes) => string);

export const wordsOf = (words: Words, sizes: Sizes): string => (typeof words === "string" ? words : words(sizes));

export interface Station {
  readonly id: string;
  readonly title: Words;
  /** On the map, where there is little room. */
  readonly short: Words;
  readonly form: Form;
  /** Columns of its whole tensor, for `rows`. */
  readonly columns?: (sizes: Sizes) => number;
  readonly origin: Origin;
  /** What happens here, in a sentence or two. */
  readonly says: (sizes: Sizes) => string;
  readonly from: readonly Source[];
  /** What joins what it is made of. */
  readonly sign?: "+" | "×";
  /** What it plays in attention: its colour. */
  readonly role?: "query" | "key" | "value" | "attention";
}
