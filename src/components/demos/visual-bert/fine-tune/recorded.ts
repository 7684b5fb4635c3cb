import { FINE_TUNE_DEFAULTS, type FineTuneSettings } from "../../../../engine/experiments/fine-tune-settings.ts";
import { type Column, csvOf, estimateColumns } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import type { Estimate } from "../../../kit/text/statistics.ts";
import { SETS, type SetName } from "./sets/sets.ts";

/** One way of fine-tuning on one task, over several seeds; shares of the validation texts, with intervals over these texts. */
export interface FineTuneRow {
  readonly set: SetName;
  readonly examples: number;
  /** What differs from the default settings. */
  readonly changes: Partial<Pick<FineTuneSettings, keyof typeof FINE_TUNE_DEFAULTS>>;
  /** Validation texts. */
  readonly tests: number;
  /** Right under the head as it is drawn. */
  readonly fresh: Estimate;
  readonly bert: Estimate;
  /** Right by the linear model on bags of characters. */
  readonly characters: Estimate;
  /** `bert` less `characters`, text by text. */
  readonly difference: Estimate;
  /** Seeds with which BERT gets more right than the linear model. */
  readonly ahead: number;
  /** `bert` less that of the first row of the same task, text by text; null for the first. */
  readonly gain: Estimate | null;
}

const TASKS: Readonly<Record<SetName, string>> = { topics: "话题", feelings: "心情" };
const POOLING: Readonly<Record<FineTuneSettings["pooling"], string>> = { mean: "各字平均", cls: "[CLS]" };

const COLUMNS: readonly Column<FineTuneRow>[] = [
  { head: "句子", cell: ({ set, examples }) => `${TASKS[set]}：${SETS[set].classes.length} 类，${examples} 句` },
  { head: "接法", cell: headOf },
  { head: "考试句数", cell: ({ tests }) => tests },
  ...estimateColumns<FineTuneRow>("微调前", ({ fresh }) => fresh),
  ...estimateColumns<FineTuneRow>("逐字统计", ({ characters }) => characters),
  ...estimateColumns<FineTuneRow>("微调后", ({ bert }) => bert),
  ...estimateColumns<FineTuneRow>("比逐字统计多", ({ difference }) => difference),
  { head: "赢几次", cell: ({ ahead }) => ahead },
  ...estimateColumns<FineTuneRow>("比第一行多", ({ gain }) => gain),
];

/** What pages show of `npm run fine-tune`. */
export function recordTable(rows: readonly FineTuneRow[]): CsvTable {
  return csvOf(COLUMNS, rows);
}

/** How the head is joined, and what is trained besides it. */
function headOf({ changes }: FineTuneRow): string {
  const { pooling, blocks } = { ...FINE_TUNE_DEFAULTS, ...changes };
  return `${POOLING[pooling]}，${blocks === 0 ? "只训练头" : `连最后 ${blocks} 层`}`;
}
