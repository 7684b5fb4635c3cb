import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import { logProbShade } from "../../../figures/colors.ts";
import type { TokenNames } from "../../../kit/figure/names.ts";
import type { StripToken } from "../../../kit/frame/types.ts";
import { formatPercent } from "../../../kit/text/format.ts";
import type { WrittenToken } from "../writing.ts";

/** What strips need to know of a model. */
export interface Vocabulary {
  readonly vocabulary: TokenNames;
  readonly specialIds: ReadonlySet<number>;
}

/** What a model is given, token by token, each with its number in the vocabulary. */
export function givenStrip(prompt: Pick<EncodedText, "ids">, { vocabulary, specialIds }: Vocabulary): StripToken[] {
  return prompt.ids.map((id) => ({
    text: vocabulary[id] ?? "",
    given: true,
    special: specialIds.has(id),
    note: `编号 ${id}`,
  }));
}

/** Tokens shaded by how likely the model found them. */
export function scoredStrip(tokens: readonly WrittenToken[], { vocabulary, specialIds }: Vocabulary): StripToken[] {
  return tokens.map(({ token, logProb }) => ({
    text: vocabulary[token] ?? "",
    special: specialIds.has(token),
    value: logProbShade(logProb),
    note: `概率 ${formatPercent(Math.exp(logProb))}`,
  }));
}
