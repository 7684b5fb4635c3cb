import type { CsvTable } from "../../../kit/frame/types.ts";
import type { SentenceReading } from "./reader.ts";

/**
 * What is saved of a sentence: a row for each token, then one for each guess at each hidden place.
 * @param shown which of the hidden places is looked at @param attention what it pays to each token
 */
export function tableOf(
  { sentence, guesses }: SentenceReading,
  shown: number,
  attention: Float32Array | undefined,
): CsvTable {
  const { written, guesses: places } = sentence;
  const drops = guesses[shown]?.drops;
  const tokens = written.map((token, place) => [
    ...[place, token, places.includes(place), shown + 1],
    ...[attention?.[place] ?? "", drops?.get(place) ?? "", "", "", ""],
  ]);
  const guessed = guesses.flatMap(({ rows }, i) => {
    const place = places[i] ?? 0;
    return rows.map(({ label, value }, rank) => [
      place,
      written[place] ?? "",
      true,
      "",
      "",
      "",
      rank + 1,
      label,
      value,
    ]);
  });
  return {
    columns: [
      "位置",
      "词元",
      "遮住了",
      "第几个空的注意力",
      "注意力",
      "再遮住它 ln p 少了",
      "第几猜",
      "猜的词元",
      "概率",
    ],
    rows: [...tokens, ...guessed],
  };
}
