import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import type { StageFacts } from "./stages.ts";
import type { Choice } from "./trail.ts";

/** What a filter did, in a sentence: how many tokens it left, how much probability it threw away, and who held most of that. */
export function stageSentence(earlier: StageFacts, own: StageFacts, vocabulary: readonly string[]): string {
  const gone = earlier.survivors - own.survivors;
  if (gone === 0) return `一个也不扔。熵 ${bits(earlier.entropy)} → ${bits(own.entropy)} 比特。`;
  const names = own.examples.map(({ index }) => visibleToken(vocabulary[index] ?? "")).join(" ");
  const first = gone > own.examples.length ? `，最大的是 ${names}` : `：${names}`;
  return `留下 ${own.survivors} 个。扔掉 ${gone} 个，共占 ${formatPercent(own.lost)}${first}。`;
}

/** How uncertain a distribution is: its entropy, and the number of equally likely tokens that has the same. */
export function entropySentence({ entropy, survivors }: StageFacts): string {
  const alike = 2 ** entropy;
  const many = alike >= 10 ? alike.toFixed(0) : alike.toFixed(1);
  return `${survivors} 个词元可选，熵 ${bits(entropy)} 比特：同 ${many} 个一样可能的字一样难猜。`;
}

/** Who put a token into the text, in words. */
export const CHOOSERS: Readonly<Record<Choice["by"], string>> = {
  reader: "你选的",
  decoder: "解码器选的",
  link: "链接带来的",
};

/** How a token came into the text; for its tooltip. */
export function choiceSentence({ by, probability, filtered }: Choice): string {
  const ruledOut = filtered === 0 ? "，解码器已经筛掉了它" : "";
  return `概率 ${formatPercent(probability)}，${CHOOSERS[by]}${ruledOut}`;
}

/** Why nothing can follow a text, and how surprised the model was by it. @param ended whether its last token is the end token */
export function endingSentence(choices: readonly Choice[], ended: boolean): string {
  const surprise = choices.reduce((sum, { probability }) => sum - Math.log2(probability), 0) / choices.length;
  const why = ended ? "选了结束词元 [END]，诗写完了" : "上下文满了，模型读不下更多的字";
  return `${why}。平均每个词元的意外是 ${bits(surprise)} 比特。`;
}

function bits(entropy: number): string {
  return formatNumber(entropy, 2);
}
