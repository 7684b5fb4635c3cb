import { csvParseRows, tsvParseRows } from "d3-dsv";
import type { LabelledText } from "../../../../engine/analysis/character-model.ts";
import { MAX_CLASSES, MAX_TEXTS } from "../../../../engine/experiments/fine-tune-settings.ts";
import type { LabelledSet } from "./split.ts";

/** As many characters as bert-zh reads of a text: its context without [CLS] and [SEP]. */
export const MAX_CHARACTERS = 126;

/** One sentence for training, one for validation. */
const MIN_PER_CLASS = 2;

/** What is wrong with a line, in a sentence; a line that is named may still be used, cut short. */
export interface LineNote {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

export interface ParsedSentences {
  readonly set: LabelledSet;
  readonly notes: readonly LineNote[];
  /** Why the set cannot be learnt, if it cannot. */
  readonly fault?: string;
}

interface Row {
  readonly line: number;
  readonly label: string;
  readonly text: string;
}

const HEADS = new Set(["类别", "标签", "label", "class", "category"]);

/**
 * Labelled sentences as the reader types or pastes them: one a line, class first, a comma or a tab between the two (RFC 4180); a full-width comma will
 * do where there is neither. Lines that cannot be used are named with the reason; the others are kept. Line breaks inside quotes become spaces.
 */
export function parseLabelled(source: string): ParsedSentences {
  const notes: LineNote[] = [];
  const rows = rowsOf(source, notes);
  const unique = withoutDuplicates(rows, notes);
  const used = withoutRareClasses(unique.slice(0, MAX_TEXTS), notes);
  if (unique.length > MAX_TEXTS) {
    notes.push({ line: unique[MAX_TEXTS]!.line, reason: `从这一行起没有用：最多 ${MAX_TEXTS} 句` });
  }
  const classes = [...new Set(used.map(({ label }) => label))];
  const texts: LabelledText[] = used.map(({ label, text }) => ({ text, label: classes.indexOf(label) }));
  notes.sort((a, b) => a.line - b.line);
  const fault = faultOf(classes, texts.length);
  return { set: { classes, texts }, notes, ...(fault && { fault }) };
}

/** A row of a table. A quoted field may go over several lines; a quote that nothing closes ends with its line, and spoils no other. */
const rowWith = (separator: string): string => {
  const field = `(?:"[^"]*(?:""[^"]*)*"|[^${separator}\n]*)`;
  return `${field}(?:${separator}${field})*`;
};
const ROWS = new RegExp(`^(?:(?=.*\t)${rowWith("\t")}|${rowWith(",")})$`, "gm");

function rowsOf(source: string, notes: LineNote[]): Row[] {
  const rows: Row[] = [];
  let next = 1;
  for (const [raw] of source.replace("\uFEFF", "").replace(/\r\n?/g, "\n").matchAll(ROWS)) {
    const line = next;
    next += raw.split("\n").length;
    if (raw.trim() === "") continue;
    const cells = cellsOf(raw).map((cell) => cell.trim().replace(/\s*\n\s*/g, " "));
    const [label = "", text = ""] = cells;
    if (rows.length === 0 && notes.length === 0 && HEADS.has(label.toLowerCase())) continue;
    const reason = wrongWith(raw, cells);
    if (reason) {
      notes.push({ line, reason });
      continue;
    }
    const characters = [...text];
    if (characters.length > MAX_CHARACTERS) {
      notes.push({ line, reason: `有 ${characters.length} 个字，模型只读得下前 ${MAX_CHARACTERS} 个，后面的没有用` });
    }
    rows.push({ line, label, text: characters.slice(0, MAX_CHARACTERS).join("") });
  }
  return rows;
}

function cellsOf(raw: string): string[] {
  const cells = (/^.*\t/.test(raw) ? tsvParseRows(raw) : csvParseRows(raw)).flat();
  // The first of several: the others belong to the sentence.
  const [, label, text] = /^([^，]*)，(.*)$/s.exec(raw) ?? [];
  return cells.length === 1 && label !== undefined && text !== undefined ? [label, text] : cells;
}

function wrongWith(raw: string, cells: readonly string[]): string | undefined {
  if (raw.split('"').length % 2 === 0) return "没有用：双引号不成对";
  if (cells.length === 1) return "没有用：只有一列，要写成「类别，句子」，中间是逗号或制表符";
  if (cells.length > 2) return `没有用：有 ${cells.length} 列；句子里有半角逗号时，用双引号把句子括起来`;
  if (cells[0] === "") return "没有用：没有写类别";
  return cells[1] === "" ? "没有用：没有写句子" : undefined;
}

function withoutDuplicates(rows: readonly Row[], notes: LineNote[]): Row[] {
  const first = new Map<string, Row>();
  for (const row of rows) {
    const known = first.get(row.text);
    if (!known) first.set(row.text, row);
    else if (known.label === row.label) notes.push({ line: row.line, reason: `没有用：和第 ${known.line} 行重复` });
    else notes.push({ line: row.line, reason: `没有用：同一句在第 ${known.line} 行归在「${known.label}」` });
  }
  return [...first.values()];
}

function withoutRareClasses(rows: readonly Row[], notes: LineNote[]): Row[] {
  const counts = new Map<string, number>();
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
  return rows.filter(({ line, label }) => {
    if (counts.get(label)! >= MIN_PER_CLASS) return true;
    notes.push({ line, reason: `没有用：「${label}」只有这一句，至少要 ${MIN_PER_CLASS} 句，一句训练，一句验证` });
    return false;
  });
}

function faultOf(classes: readonly string[], texts: number): string | undefined {
  if (texts === 0) return "还没有能用的句子。一行写一句：类别，句子。";
  if (classes.length === 1)
    return `只有「${classes[0]}」一类，没有什么可分。至少要有两类，每类至少 ${MIN_PER_CLASS} 句。`;
  if (classes.length > MAX_CLASSES) {
    return `有 ${classes.length} 类，最多 ${MAX_CLASSES} 类。类别写在前、句子写在后，没有写反吧？`;
  }
  return undefined;
}
