import type { MapPoint } from "../../../figures/point-map.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { depthName } from "../lens/lens.ts";
import type { Features, Token } from "./features.ts";
import { kindOf, TOKEN_KINDS } from "./sentences.ts";

/** The sentence of a token, with the token in brackets. */
function inSentence({ tokens, sentences }: Features, { sentence, place }: Token): string {
  const own = tokens.filter((token) => token.sentence === sentence);
  const words = own.map((token) =>
    token.place === place ? `【${visibleToken(token.text)}】` : visibleToken(token.text),
  );
  return own.length > 0 ? words.join("") : sentences[sentence]!;
}

/** The tokens as points. @param picked the one that is looked at: all tokens that are the same have their names beside them, with what follows */
export function pointsOf(features: Features, color: "own" | "guess", picked: number | undefined): MapPoint[] {
  const { tokens, sentences } = features;
  const looked = picked === undefined ? undefined : tokens[picked]?.text;
  return tokens.map((token, i) => {
    const next = tokens[i + 1];
    const follows = next && next.sentence === token.sentence ? next.text : "";
    const own = token.sentence === sentences.length - 1;
    const name = token.text === looked ? `${token.text}${follows}` : undefined;
    // What is drawn beside a point is a part of what it is called.
    const drawn = name === undefined || follows === "" ? "" : `「${name}」的`;
    return {
      text: inSentence(features, token),
      label: own ? -1 : kindOf(color === "own" ? token.text : token.guess),
      note: `${drawn}「${visibleToken(token.text)}」，猜下一个是「${visibleToken(token.guess)}」`,
      ...(name === undefined ? {} : { name }),
    };
  });
}

export const labelsOf = (color: "own" | "guess"): string[] =>
  TOKEN_KINDS.map((kind) => (color === "own" ? kind : `猜的是${kind}`));

/** What the map of a depth is, in a sentence. */
export function describeMap({ depths, tokens, method }: Features, depth: number): string {
  const { explainedX, explainedY, divergence } = depths[depth]!.map;
  const head = `${depthName(depth)}${depth === 0 ? "" : "之后"}，${tokens.length} 个字，每个字一个点。`;
  if (method === "pca") {
    return `${head}PCA：两个主成分留下了方差的 ${formatPercent((explainedX ?? 0) + (explainedY ?? 0))}，别的方向都压掉了。`;
  }
  return `${head}t-SNE：散度 ${formatNumber(divergence ?? 0, 3)} 纳特。谁和谁挨着可信，团和团离多远、团有多大不可信。`;
}
