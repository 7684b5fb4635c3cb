import type { TextUnit } from "../../../../engine/analysis/text-units.ts";
import {
  MEASURED_EVERY,
  TOKEN_UNITS_RANGES,
  type TokenUnitsMetrics,
  type TokenUnitsSettings,
} from "../../../../engine/experiments/token-units.ts";
import type { Column } from "../../../figures/data-table.ts";
import { type Curve, type NamedRun, recordsTable } from "../../../figures/run-curves.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { flag, type StateOf, seed, setting, text } from "../../../kit/state/fields.ts";
import { formatCount, formatNumber } from "../../../kit/text/format.ts";
import { READ, UNREAD } from "../prose.figure.ts";
import { stoppedShare, withoutStopWords } from "../stop-words/stop-words.ts";

/** The ways to cut, in order. */
export const UNITS: readonly { readonly unit: TextUnit; readonly name: string }[] = [
  { unit: "bytes", name: "字节" },
  { unit: "characters", name: "字" },
  { unit: "words", name: "词" },
  { unit: "wordpiece", name: "WordPiece" },
  { unit: "bpe", name: "BPE" },
];

/** Fewer than these leave nothing to learn from, once a tenth is held out. */
const LEAST = 60;
/** One part of so many, the last of a reader's own text, is not read. */
const PARTS = 10;

export const fields = {
  steps: setting(TOKEN_UNITS_RANGES.steps, { initial: 300, min: 10, max: 2000, step: 10, unit: "步" }),
  merges: setting(TOKEN_UNITS_RANGES.merges, {
    initial: 600,
    min: 0,
    max: 1000,
    step: 20,
    label: "合并（BPE、WordPiece）",
    unit: "次",
  }),
  learningRate: setting(TOKEN_UNITS_RANGES.learningRate, {
    initial: 0.01,
    min: 0.0001,
    max: 10,
    step: 0.0001,
    scale: "log",
  }),
  own: text({
    label: "换成你的文字（不写就用本书的）",
    initial: "",
    maxLength: 4000,
    validate: (value) => {
      const length = [...value.trim()].length;
      if (length > 0 && length < LEAST) return `只有 ${length} 个字，太短了：至少 ${LEAST} 个，最后一成留着检验。`;
      return new Set(value.trim()).size === 1 ? "只有一种字，没有可学的：换一段正常的文字。" : undefined;
    },
  }),
  without: flag({ initial: false, label: "先去掉停用词" }),
  prompt: text({ label: "让它接着写", initial: "模型", maxLength: 12 }),
  seed: seed(1),
};
export type Settings = StateOf<typeof fields>;

/** In tokens. */
export const WRITTEN = 24;

/** What is read, and what is kept for the measurement; without stop words where that is set. */
export function textsOf({ own, without }: Pick<Settings, "own" | "without">): {
  readonly read: string;
  readonly unread: string;
} {
  const characters = [...own.trim()];
  const end = Math.floor((characters.length * (PARTS - 1)) / PARTS);
  const [read, unread] =
    characters.length > 0 ? [characters.slice(0, end).join(""), characters.slice(end).join("")] : [READ, UNREAD];
  return without ? { read: withoutStopWords(read), unread: withoutStopWords(unread) } : { read, unread };
}

export function settingsOf(unit: TextUnit, settings: Settings): TokenUnitsSettings {
  const { steps, merges, learningRate } = settings;
  const { read, unread } = textsOf(settings);
  return { text: read, unread, unit, merges, steps, learningRate };
}

/** What a model that was trained without stop words can no longer say. */
export function tellWithout({ own, without }: Pick<Settings, "own" | "without">): string | undefined {
  if (!without) return undefined;
  const { unread } = textsOf({ own, without: false });
  const stopped = stoppedShare(unread);
  return `去掉了停用词：检验用的文字里，每 100 个字有 ${formatNumber(100 * stopped, 0)} 个没有了。那些字模型一个也没有读过。它的比特数是对剩下的字算的，不能和不去掉的比。`;
}

export type Run = NamedRun<TokenUnitsMetrics>;
export interface Trained {
  readonly runs: readonly Run[];
  /** How each of them goes on. */
  readonly written: readonly string[];
}

const short = (value: number): string => formatNumber(value, 2);
export const CURVES: readonly Curve<TokenUnitsMetrics>[] = [
  { key: "unreadLoss", title: "没读过的文字，每个词元的损失（纳特）", format: short },
  { key: "bitsPerCharacter", title: "没读过的文字，每个字几比特", format: short },
];

/** The last record of a run, by its name. */
export interface Line extends TokenUnitsMetrics {
  readonly name: string;
  readonly text: string;
}

export function linesOf(runs: readonly Run[], written: readonly string[]): readonly Line[] {
  return runs.flatMap(({ name, records }, i) => {
    const last = records.at(-1);
    return last ? [{ ...last, name, text: written[i] ?? "" }] : [];
  });
}

export const COLUMNS: readonly Column<Line>[] = [
  { head: "词元", cell: ({ name }) => name },
  { head: "每个字几比特", cell: ({ bitsPerCharacter }) => bitsPerCharacter, print: short },
  { head: "每个词元的损失", cell: ({ unreadLoss }) => unreadLoss, print: short },
  { head: "一个词元几个字", cell: ({ charactersPerToken }) => charactersPerToken, print: short },
  { head: "词表", cell: ({ vocabulary }) => vocabulary },
  { head: "读了几个字", cell: ({ charactersRead }) => charactersRead, print: formatCount },
  { head: "接着写", cell: ({ text: written }) => written, wide: true },
];

export function tableOf(runs: readonly Run[]): CsvTable {
  return recordsTable(runs, [
    ["步", "step"],
    ["训练的损失，每个词元", "loss"],
    ["没读过的文字的损失，每个词元", "unreadLoss"],
    ["每个字几比特", "bitsPerCharacter"],
    ["一个词元几个字", "charactersPerToken"],
    ["词表", "vocabulary"],
    ["读了几个字", "charactersRead"],
  ]);
}

/** Says why where a training has made things worse than they were. */
export function tellTrouble(runs: readonly Run[]): string | undefined {
  const lost = runs.filter(({ records }) => {
    const [first, last] = [records[0], records.at(-1)];
    return first && last && last.step >= MEASURED_EVERY && last.bitsPerCharacter > first.bitsPerCharacter;
  });
  if (lost.length === 0) return undefined;
  const names = lost.map(({ name }) => name).join("、");
  return `${names}：训练以后比训练以前还差。学习率太大，每一步都跨过了头。把学习率调小，重新开始。`;
}
