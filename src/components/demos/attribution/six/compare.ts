import { meanHeight } from "../../../../engine/analysis/faithfulness.ts";
import type { Method } from "../../../../engine/experiments/attribution.ts";
import { sum } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { type Explained, valuesOf } from "../../../subjects/attribution/explain.ts";
import {
  methodName,
  methodsFor,
  RANKING_NAMES,
  RANKINGS,
  type Ranking,
} from "../../../subjects/attribution/methods.ts";
import { className } from "../../../subjects/sentences/class-names.ts";
import { unknownSentence } from "../../../subjects/sentences/unknown.ts";

/** One method beside the others. */
export interface Line {
  readonly method: Method;
  readonly values: Float64Array;
  /** How much it is like the exact Shapley values; null for those themselves, and where there are none or nothing varies. */
  readonly agreement: number | null;
  /** The mean height of its curves: of a good order low, and high. */
  readonly deletion: number;
  readonly insertion: number;
}

/** How much two maps are alike; null where one does not vary, undefined while one is not there. */
export function agreementOf(explained: Explained, a: Method, b: Method, ranking: Ranking): number | null | undefined {
  const [one, other] = [valuesOf(explained, a), valuesOf(explained, b)];
  return one && other && RANKINGS[ranking](one, other);
}

export function linesOf(explained: Explained, ranking: Ranking): Line[] {
  return explained.methods.map(({ method, values, deletion, insertion }) => ({
    method,
    values,
    agreement: method === "shapley" ? null : (agreementOf(explained, method, "shapley", ranking) ?? null),
    deletion: meanHeight(deletion),
    insertion: meanHeight(insertion),
  }));
}

/** The table of methods: on the screen what measures them, in the CSV their values, too. */
export function columnsFor(tokens: readonly string[], ranking: Ranking): Column<Line>[] {
  const print = (value: number): string => formatNumber(value, 2);
  return [
    { head: "方法", cell: ({ method }) => methodName(method) },
    { head: `和真值的 ${RANKING_NAMES[ranking]}`, cell: ({ agreement }) => agreement, print, number: true },
    { head: "加起来", cell: ({ values }) => sum(values), print },
    { head: "删除曲线的高度", cell: ({ deletion }) => deletion, print },
    { head: "插入曲线的高度", cell: ({ insertion }) => insertion, print },
    ...tokens.map(
      (token, player): Column<Line> => ({
        head: `${player + 1} ${token}`,
        cell: ({ values }) => values[player],
        only: "csv",
      }),
    ),
  ];
}

/** What is explained: the verdict, and the difference that the maps share out. */
export function tellVerdict({ full, empty, unknown }: Explained): string {
  const verdict = className(full > 0 ? "good" : "bad");
  const [whole, hidden] = [full, empty].map((odds) => formatNumber(odds, 2));
  const difference = formatNumber(full - empty, 2);
  return `${unknownSentence(unknown)}判成${verdict}。好评的对数几率是 ${whole}，全部遮住是 ${hidden}，要分给各个字的是差 ${difference}。`;
}

/** Which method is nearest to the exact values, and which farthest; undefined while there are none. */
export function tellRight(explained: Explained, ranking: Ranking): string | undefined {
  const { tokens } = explained;
  if (!methodsFor(tokens.length).includes("shapley")) {
    return `有 ${tokens.length} 个词元，超过 12 个，精确的 Shapley 值要算的句子太多，这一句没有真值，只能看各种方法彼此像不像。`;
  }
  const measured = linesOf(explained, ranking).filter(({ agreement }) => agreement !== null);
  if (!valuesOf(explained, "shapley") || measured.length === 0) return undefined;
  const sorted = measured.toSorted((a, b) => b.agreement! - a.agreement!);
  const say = ({ method, agreement }: Line): string => `${methodName(method)}（${formatNumber(agreement!, 2)}）`;
  const best = sorted.filter(({ agreement }) => agreement === sorted[0]!.agreement);
  return `和真值的次序最像的是${best.map(say).join("、")}，最不像的是${say(sorted.at(-1)!)}。`;
}
