import { maxOf } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatBytes, formatCount, formatDuration, formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import { type Compared, type Film, looks, type Shot } from "./film.ts";

const quoted = (text: string): string => `「${visibleToken(text)}」`;

/** How many times as much there is to do without the cache. */
export function timesAsMuch({ cached, whole }: Compared): string {
  return formatNumber(whole / cached, 1);
}

/** What happens in a step, in words; counted from 0. */
export function tellShot({ tokens, shots }: Film, step: number): string {
  const { fresh, seen, chosen, candidates, bytes } = shots[step]!;
  const reads =
    step === 0
      ? `先把开头的 ${fresh} 个词元一起读完，每一块都把它们的键和值存进缓存。`
      : `读进刚写的${quoted(tokens[seen - 1]!)}，只算它这一列，前面 ${seen - 1} 列的键和值从缓存里取。`;
  const [best] = candidates;
  const picks = best!.chosen
    ? `最可能的${quoted(chosen.text)}（${formatPercent(chosen.probability)}）被选中。`
    : `最可能的是${quoted(best!.text)}（${formatPercent(best!.probability)}），选中的是${quoted(chosen.text)}（${formatPercent(chosen.probability)}）。`;
  return `第 ${step + 1} 步：${reads}${picks}缓存现在占 ${formatBytes(bytes)}。`;
}

/** What a step costs, in words. */
export function tellCost({ products, seconds }: Shot): string {
  const counted = `这一步要乘加 ${formatCount(products.cached)}次，没有缓存要 ${formatCount(products.whole)}次，是 ${timesAsMuch(products)} 倍。`;
  if (!seconds) return counted;
  const measured = [seconds.cached, seconds.whole].map(formatDuration);
  return `${counted}在这台机器上各试三次，最快的一次，有缓存用了 ${measured[0]}，没有缓存用了 ${measured[1]}。`;
}

/** All steps together. */
export function totalOf(shots: readonly Shot[], of: (shot: Shot) => Compared | null): Compared | null {
  let total: Compared = { cached: 0, whole: 0 };
  for (const shot of shots) {
    const own = of(shot);
    if (!own) return null;
    total = { cached: total.cached + own.cached, whole: total.whole + own.whole };
  }
  return total;
}

interface Line {
  readonly step: number;
  readonly shot: Shot;
  /** What the last token gives most, by the mean of the heads of the last block. */
  readonly most: { readonly text: string; readonly weight: number };
}

export function linesOf(film: Film): Line[] {
  return film.shots.map((shot, i) => {
    const row = looks(shot, film, 0).at(-1)!;
    const weight = maxOf(row);
    return { step: i + 1, shot, most: { text: film.tokens[row.indexOf(weight)]!, weight } };
  });
}

/** Columns that say how long something took: of every run others. */
export const CLOCKS = ["毫秒，有缓存", "毫秒，没有缓存"] as const;

export const columns: readonly Column<Line>[] = [
  { head: "步", cell: ({ step }) => step },
  { head: "读进的词元", cell: ({ shot }) => shot.fresh },
  { head: "缓存里的词元", cell: ({ shot }) => shot.seen },
  { head: "缓存的字节", cell: ({ shot }) => shot.bytes },
  { head: "末块看得最多的字", cell: ({ most }) => visibleToken(most.text) },
  { head: "给它的注意力", cell: ({ most }) => most.weight },
  { head: "各深度猜的字", cell: ({ shot }) => shot.lens.map(({ text }) => visibleToken(text)).join(" ") },
  { head: "最可能的字", cell: ({ shot }) => visibleToken(shot.candidates[0]!.text) },
  { head: "它的概率", cell: ({ shot }) => shot.candidates[0]!.probability },
  { head: "选中的字", cell: ({ shot }) => visibleToken(shot.chosen.text) },
  { head: "选中的概率", cell: ({ shot }) => shot.chosen.probability },
  { head: "乘加次数，有缓存", cell: ({ shot }) => shot.products.cached },
  { head: "乘加次数，没有缓存", cell: ({ shot }) => shot.products.whole },
  { head: CLOCKS[0], cell: ({ shot }) => shot.seconds && 1000 * shot.seconds.cached },
  { head: CLOCKS[1], cell: ({ shot }) => shot.seconds && 1000 * shot.seconds.whole },
];
