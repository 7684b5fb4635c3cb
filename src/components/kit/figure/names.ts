/** What tokens stand for, by their ids; a model's vocabulary is one. */
export type TokenNames = Readonly<Record<number, string>>;

/** Only the names that are needed: a whole vocabulary is much to send with a figure. */
export function namesOf(tokens: readonly number[], vocabulary: TokenNames): TokenNames {
  return Object.fromEntries(tokens.map((token) => [token, vocabulary[token] ?? ""]));
}
