import { type AttentionSheet, attentionSheet, type HeadVectors } from "../../../../engine/analysis/attention-sheet.ts";
import { EngineError } from "../../../../engine/errors.ts";
import type { UnknownCharacter } from "../../../../engine/files/tokenizer.ts";
import { separatorOf } from "../../../../engine/model-info.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { choice, integer, type StateOf, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { writtenProblem } from "../../../kit/text/format-marks.ts";
import { numberOf } from "../../../kit/text/number-of.ts";

/** Tokens that there is room for, marks included. */
const MAX_TOKENS = 14;

/** The rows of a head with the tokens they belong to. */
export interface Vectors extends HeadVectors {
  readonly names: readonly string[];
}

/** What a head of a model makes of a text. */
export interface HeadReading extends Vectors {
  /** What the model itself computed: [tokens × tokens], and [tokens × width]. */
  readonly pattern: ArrayLike<number>;
  readonly z: ArrayLike<number>;
  /** Whether it sees only what stands before. */
  readonly causal: boolean;
  readonly unknown: readonly UnknownCharacter[];
}

/**
 * Numbers that a hand can check. What they mean is made up: a key says "a thing", "alive", "neither"; 「它」 asks for a thing that is alive; a value says
 * "soft", "hard", "neither".
 */
export const BY_HAND: Vectors = {
  names: ["小猫", "和", "石头", "它"],
  tokens: 4,
  width: 3,
  q: [0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 2, 0],
  k: [2, 2, 0, 0, 0, 1, 2, -1, 0, 0, 0, 1],
  v: [3, 0, 0, 0, 0, 1, 0, 3, 0, 0, 0, 1],
};

/** What the reader can set. Layers, heads and rows are counted from 1. */
export const fields = {
  use: choice({ label: "看哪些数", initial: "hand", options: named({ hand: "手写的", model: "真模型的" }) }),
  mask: choice({ label: "掩码", initial: "none", options: named({ none: "都看得见", causal: "挡住后面的" }) }),
  d: choice({
    label: "除以 √d，d 是",
    initial: 0,
    options: [{ value: 0, label: "宽度" }, ...[1, 16, 64, 256].map((d) => ({ value: d, label: String(d) }))],
  }),
  text: text({ label: "一句话", initial: "小猫看见石头，它", maxLength: 12, validate: writtenProblem }),
  model: choice({ label: "模型", initial: "gpt-zh", options: named({ "gpt-zh": "gpt-zh", "bert-zh": "bert-zh" }) }),
  layer: integer({ label: "第几层", initial: 3, min: 1, max: 6 }),
  head: integer({ label: "第几个头", initial: 1, min: 1, max: 4 }),
  row: integer({ initial: 4, min: 1, max: MAX_TOKENS }),
  edits: text({ initial: "", maxLength: 400 }),
};
export type Settings = StateOf<typeof fields>;
/** What only changes how the numbers are used: the sheet follows it at every moment. */
export const VIEWS = ["use", "mask", "d", "row", "edits"] as const;

// #region read
/** The queries, keys and values of one head on a text. @throws EngineError `bad-input` for a text with too many tokens */
export async function readHead(
  { engine, model }: WorkContext,
  { text, layer, head }: Pick<Settings, "text" | "layer" | "head">,
): Promise<HeadReading> {
  const encoded = await engine.encode(model.id, text);
  const causal = model.config.architecture === "gpt2";
  // A GPT has read texts one behind the other: each begins behind the mark that ends the one before.
  const mark = separatorOf(model);
  const ids = causal && mark !== null ? [mark, ...encoded.ids] : encoded.ids;
  if (ids.length > MAX_TOKENS)
    throw new EngineError("bad-input", `这句话是 ${ids.length} 个词元，表里最多放 ${MAX_TOKENS} 个`);
  const at = `blocks.${layer - 1}.attn`;
  const wanted = ["q", "k", "v", "pattern", "z"].map((name) => `${at}.${name}`);
  const traces = causal
    ? await engine.traces(model.id, ids, wanted)
    : (await engine.read(model.id, encoded, { trace: wanted })).traces;
  const of = (name: string): HostTensor => traces.get(`${at}.${name}`)!;
  const tokens = ids.length;
  const width = of("q").shape.at(-1)!;
  const rows = (name: string): Float32Array => ofHead(of(name), head - 1, tokens, width);
  const square = tokens * tokens;
  return {
    names: ids.map((id) => model.vocabulary[id] ?? ""),
    ...{ tokens, width, causal, q: rows("q"), k: rows("k"), v: rows("v"), z: rows("z") },
    pattern: of("pattern").data.slice((head - 1) * square, head * square),
    unknown: encoded.unknown,
  };
}
// #endregion

/** Rows of one head, counted from 0, of a tensor [tokens, heads, width]. */
function ofHead({ data }: HostTensor, head: number, tokens: number, width: number): Float32Array {
  const heads = data.length / (tokens * width);
  return Float32Array.from({ length: tokens * width }, (_, i) => {
    const row = Math.floor(i / width);
    return data[(row * heads + head) * width + (i % width)]!;
  });
}

export type Part = "q" | "k" | "v";
/** A cell that somebody has changed: a number, or a cell of the mask, which is turned round. Counted from 0. */
export interface Edit {
  readonly part: Part | "mask";
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Edits are told apart by whose numbers they change: capitals are those of the model. */
const LETTERS = { hand: "qkvm", model: "QKVM" } as const;
const PARTS = ["q", "k", "v", "mask"] as const;
/** A number larger than this is no number that a model has. */
const LARGEST = 1000;

/** The edits of an address that belong to these numbers; what makes no sense is left out. */
export function editsIn(written: string, use: Settings["use"]): Edit[] {
  return written.split(";").flatMap((edit) => {
    const [, letter = "", row, column, value] = /^([a-z])(\d+)\.(\d+)=(.+)$/i.exec(edit) ?? [];
    const part = PARTS[LETTERS[use].indexOf(letter)];
    const number = numberOf(value ?? "");
    if (!part || letter === "" || number === undefined || Math.abs(number) > LARGEST) return [];
    return [{ part, row: Number(row) - 1, column: Number(column) - 1, value: number }];
  });
}

/** The edits with one more, or with that of the same cell replaced; those of the other numbers stay. */
export function withEdit(written: string, use: Settings["use"], { part, row, column, value }: Edit): string {
  const letter = LETTERS[use][PARTS.indexOf(part)];
  const cell = `${letter}${row + 1}.${column + 1}=`;
  const others = written.split(";").filter((edit) => edit !== "" && !edit.startsWith(cell));
  // A cell of the mask that is turned round twice is as it was.
  const again = part === "mask" && written.split(";").includes(`${cell}1`);
  return [...others, ...(again ? [] : [`${cell}${value}`])].join(";");
}

/** What somebody has typed into a cell; undefined for what is no number that can be used. */
export function cellNumber(typed: string): number | undefined {
  const value = numberOf(typed);
  return value === undefined || Math.abs(value) > LARGEST ? undefined : value;
}

/** Everything that the sheet shows. */
export interface Sheet extends AttentionSheet {
  readonly vectors: Vectors;
  /** What the scores are divided by the square root of. */
  readonly d: number;
  readonly hidden: (query: number, key: number) => boolean;
  readonly edited: boolean;
}

/** The sheet of the numbers that are in use, as the reader has set and changed them. */
export function sheetOf(
  reading: HeadReading,
  { use, mask, d, edits }: Pick<Settings, "use" | "mask" | "d" | "edits">,
): Sheet {
  const base = use === "hand" ? BY_HAND : reading;
  const changes = editsIn(edits, use).filter(
    ({ part, row, column }) => row < base.tokens && column < (part === "mask" ? base.tokens : base.width),
  );
  const changed = (part: Part): Float64Array => {
    const data = Float64Array.from(base[part]);
    for (const edit of changes) if (edit.part === part) data[edit.row * base.width + edit.column] = edit.value;
    return data;
  };
  const vectors = { ...base, q: changed("q"), k: changed("k"), v: changed("v") };
  const turned = new Set(changes.filter(({ part }) => part === "mask").map(({ row, column }) => `${row} ${column}`));
  const masked = mask === "causal" || (use === "model" && reading.causal);
  const hidden = (query: number, key: number): boolean => (masked && key > query) !== turned.has(`${query} ${key}`);
  const divisor = d === 0 ? base.width : d;
  return { ...attentionSheet(vectors, divisor, hidden), vectors, d: divisor, hidden, edited: changes.length > 0 };
}

/** The largest difference between the sheet and what the model itself computed; undefined where the reader has changed something. */
export function difference(reading: HeadReading, { weights, mixed, edited, d }: Sheet): number | undefined {
  if (edited || d !== reading.width) return undefined;
  const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
  return Math.max(largest(weights, reading.pattern), largest(mixed, reading.z));
}

interface Line {
  readonly whose: string;
  readonly matrix: string;
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

const columns: readonly Column<Line>[] = [
  { head: "谁的数", cell: ({ whose }) => whose },
  { head: "矩阵", cell: ({ matrix }) => matrix },
  { head: "行", cell: ({ row }) => row },
  { head: "列", cell: ({ column }) => column },
  { head: "值", cell: ({ value }) => value },
];

/** Both sheets, cell by cell. */
export function tableOf(reading: HeadReading, settings: Settings): CsvTable {
  const lines = (["hand", "model"] as const).flatMap((use): Line[] => {
    const { vectors, products, scores, weights, mixed } = sheetOf(reading, { ...settings, use });
    const { width, tokens, q, k, v } = vectors;
    const whose = use === "hand" ? "手写" : settings.model;
    const cells = (matrix: string, data: ArrayLike<number>, per: number): Line[] =>
      Array.from(data, (value, i) => ({ whose, matrix, row: Math.floor(i / per) + 1, column: (i % per) + 1, value }));
    return [
      ...[...cells("Q", q, width), ...cells("K", k, width), ...cells("V", v, width)],
      ...[...cells("QKᵀ", products, tokens), ...cells("分数", scores, tokens), ...cells("权重", weights, tokens)],
      ...cells("输出", mixed, width),
    ];
  });
  return csvOf(columns, lines);
}
