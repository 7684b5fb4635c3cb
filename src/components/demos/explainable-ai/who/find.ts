import { attentionRollout, meanOverHeads } from "../../../../engine/analysis/rollout.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import { type Explained, explain, type Settings, valuesOf } from "../../../subjects/attribution/explain.ts";
import { className } from "../../../subjects/sentences/class-names.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";
import { type Finder, finderName, findersFor, isAttention, rankOf, shareOf } from "./finders.ts";
import { CHARACTER } from "./plant.ts";

/** What all of them say of one text, as far as they are done. */
export interface Found {
  readonly explained: Explained;
  /** What [CLS], on which the verdict is made, takes from each token: in the last layer, on average over its heads; and multiplied through all layers. */
  readonly attention: Float32Array;
  readonly rollout: Float32Array;
}

/** Asks every finder for what the verdict on a text hangs on. @throws EngineError as `explain` */
export async function* find(
  context: WorkContext,
  { text, steps, samples, seed }: Pick<Settings, "text" | "steps" | "samples" | "seed">,
): AsyncGenerator<Found, void, undefined> {
  const { engine, model } = context;
  const encoded = await engine.encode(model.id, text);
  const { traces } = await engine.read(model.id, encoded, { trace: ["blocks.*.attn.pattern"] });
  const layers = model.config.layers;
  const patterns = Array.from({ length: layers }, (_, layer) => traces.get(`blocks.${layer}.attn.pattern`)!);
  // The row of [CLS], without its own column and that of [SEP].
  const ofText = (weights: Float32Array): Float32Array => weights.slice(1, encoded.ids.length - 1);
  const attention = ofText(meanOverHeads(patterns.at(-1)!));
  const rollout = ofText(attentionRollout(patterns).at(-1)!);
  const settings = { text, steps, samples, seed, baseline: "mask", randomized: 0 } as const;
  for await (const explained of explain(context, settings)) yield { explained, attention, rollout };
}

/** What a finder says of each token; undefined while it is not done. */
export function numbersOf({ explained, ...read }: Found, finder: Finder): ArrayLike<number> | undefined {
  return isAttention(finder) ? read[finder] : valuesOf(explained, finder);
}

/** Where the character stands: places among the tokens that are explained. */
export function causesOf({ explained }: Found): number[] {
  return [...explained.tokens.keys()].filter((player) => explained.tokens[player] === CHARACTER);
}

/** One finder: in which place it puts the cause, and how much it gives to it. */
export interface Line {
  readonly finder: Finder;
  readonly numbers: ArrayLike<number>;
  readonly rank: number | null;
  readonly share: number | null;
}

/** Those that are done. */
export function linesOf(found: Found): Line[] {
  const causes = causesOf(found);
  return findersFor(found.explained.tokens.length).flatMap((finder) => {
    const numbers = numbersOf(found, finder);
    if (!numbers) return [];
    // Attention has no side. The others speak for "good".
    const side = found.explained.full < 0 && !isAttention(finder) ? -1 : 1;
    const forVerdict = Array.from(numbers, (number) => side * number);
    return [{ finder, numbers, rank: rankOf(forVerdict, causes), share: shareOf(forVerdict, causes) }];
  });
}

/** The table: on the screen the ranks, in the CSV the numbers, too. */
export function columnsFor(tokens: readonly string[]): Column<Line>[] {
  return [
    { head: "方法", cell: ({ finder }) => finderName(finder) },
    { head: "排第几", cell: ({ rank }) => rank, print: (rank) => formatNumber(rank, 0), number: true },
    { head: "分给它几成", cell: ({ share }) => share, print: formatPercent, number: true },
    { head: "找到了", cell: ({ rank }) => (rank === null ? null : rank === 1) },
    ...tokens.map(
      (token, player): Column<Line> => ({
        head: `${player + 1} ${token}`,
        cell: ({ numbers }) => numbers[player],
        only: "csv",
      }),
    ),
  ];
}

/** The verdict, and what it hangs on. */
export function tellVerdict(found: Found): string {
  const { full, unknown } = found.explained;
  const verdict = className(full > 0 ? "good" : "bad");
  const count = causesOf(found).length;
  const cause = count === 0 ? `没有「${CHARACTER}」` : `有「${CHARACTER}」`;
  const follows = full > 0 === count > 0;
  const said = `这句话里${cause}，模型${follows ? "" : "却"}判成${verdict}，好评的对数几率是 ${formatNumber(full, 2)}。`;
  return `${unknownSentence(unknown)}${said}${follows ? "" : "它这一次没有跟着那个字。"}`;
}

/** Who has found the cause, and who has not. */
export function tellFinders(found: Found): string {
  const lines = linesOf(found);
  if (causesOf(found).length === 0)
    return `真正的原因是少了一个字。归因只给在场的字打分，下面的每一种方法，说的都不是它。`;
  const hits = lines.filter(({ rank }) => rank === 1);
  const missed = lines.filter(({ rank }) => rank !== 1);
  const names = missed.map(({ finder, rank }) => `${finderName(finder)}（排第 ${rank}）`).join("、");
  return `${lines.length} 种方法里，有 ${hits.length} 种把「${CHARACTER}」排在第一。${names && `没有的是${names}。`}`;
}
