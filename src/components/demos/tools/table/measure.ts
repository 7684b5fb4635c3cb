import { cpuUsage } from "node:process";
import { maxOf, mean, minOf } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { type Compared, compare } from "../parity/compare.ts";
import { ROW_IDS, ROWS, type RowId, saidBy, toolName } from "../parity/rows.ts";

/** A tool beside the engine on all its texts. */
export interface Measured {
  readonly row: RowId;
  readonly texts: number;
  /** Of all texts together: how many numbers, the largest difference of two. */
  readonly count: number;
  readonly largest: number;
  /** The worst Kendall's τ of a text. */
  readonly tau: number;
  /** Seconds of the processor for a text, of the tool and of the engine, once everything is warm. */
  readonly theirs: number;
  readonly ours: number;
}

type Role = "classifier" | "gpt" | "bert";
const ROLES = { "sentiment-zh": "classifier", "gpt-zh": "gpt", "bert-zh": "bert" } as const;

/** Computes every row on every text. @throws EngineError as `compare` */
export async function measureAll({ engine, signal, ...models }: WorkContext<Role>): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const row of ROW_IDS) {
    const context: WorkContext = { engine, signal, model: models[ROLES[ROWS[row].model]] };
    const texts = saidBy(row);
    const found: (Compared & { readonly seconds: number })[] = [];
    for (const [i] of texts.entries()) {
      const asked = { row, sentence: i + 1, seed: 1 };
      await compare(context, asked);
      const start = cpuUsage();
      const compared = await compare(context, asked);
      const { user, system } = cpuUsage(start);
      found.push({ ...compared, seconds: (user + system) / 1e6 });
    }
    measured.push({
      row,
      texts: texts.length,
      count: found.reduce((sum, { count }) => sum + count, 0),
      largest: maxOf(found.map(({ largest }) => largest)),
      tau: minOf(found.map(({ tau }) => tau ?? 1)),
      theirs: mean(texts.map(({ seconds }) => seconds)),
      ours: mean(found.map(({ seconds }) => seconds)),
    });
  }
  return measured;
}

const print = (value: number): string => formatNumber(value);

export const columns: readonly Column<Measured>[] = [
  { head: "行", cell: ({ row }) => row },
  { head: "工具", cell: ({ row }) => toolName(row) },
  { head: "方法", cell: ({ row }) => ROWS[row].title },
  { head: "模型", cell: ({ row }) => ROWS[row].model },
  { head: "句数", cell: ({ texts }) => texts },
  { head: "比了几个数", cell: ({ count }) => count },
  { head: "最大的差", cell: ({ largest }) => largest, print },
  { head: "最小的 τ", cell: ({ tau }) => tau, print },
  { head: "它用几秒", cell: ({ theirs }) => theirs, print },
  { head: "引擎用几秒", cell: ({ ours }) => ours, print },
];
