import { type Column, cellText } from "../../../figures/data-table.ts";
import type { TokenNames } from "../../../kit/figure/names.ts";
import { formatNumber, formatPercent } from "../../../kit/text/format.ts";
import {
  measure,
  type Poem,
  type PoemMeasures,
  type PoemPrompt,
  type PoemTables,
} from "../../../subjects/poems/poem.ts";
import type { Decoder } from "./decoders.ts";
import { type Draft, EMPTY_DRAFT, sumOf } from "./draft.ts";

/** What the decoders were given: fixed when the run starts, whatever the reader sets meanwhile. */
export interface Assignment {
  readonly prompt: PoemPrompt;
  readonly seed: number;
  /** What the tokens stand for, by their ids. */
  readonly names: TokenNames;
  readonly endIds: readonly number[];
}

/** What has come of one decoder. */
export interface Outcome {
  readonly decoder: Decoder;
  /** Its settings, in words, as the run started with them. */
  readonly caption: string;
  readonly draft: Draft;
  /** Of a search the text that was best at each of its steps: another one each time, not a part of the last. */
  readonly drafts?: readonly Draft[];
  /** Time since its start, in seconds. */
  readonly seconds: number;
}

export function startOutcome(decoder: Decoder, caption: string): Outcome {
  return { decoder, caption, draft: EMPTY_DRAFT, seconds: 0 };
}

/** A character as it is set on the page. */
export interface Glyph {
  readonly text: string;
  /** Natural log-probability; `null` for what the reader wrote. */
  readonly logProb: number | null;
}

/** The numbers of one outcome. */
export interface Account {
  readonly poem: Poem;
  /** Sum of the log-probabilities of all tokens written, the end token included. */
  readonly logProb: number;
  /** The same by token; `null` before the first. */
  readonly perToken: number | null;
  /** Tokens a second, while all decoders share the engine; `null` before the first. */
  readonly rate: number | null;
  /** `null` before the first token, and until the tables are there. */
  readonly measures: PoemMeasures | null;
}

/** The characters of an outcome: the reader's, then the decoder's, without the end token. */
export function glyphsOf({ draft }: Outcome, { prompt, names, endIds }: Assignment): Glyph[] {
  const given = [...prompt.opening].map((text): Glyph => ({ text, logProb: null }));
  const written = draft.tokens.filter(({ token }) => !endIds.includes(token));
  return [...given, ...written.map(({ token, logProb }): Glyph => ({ text: names[token] ?? "", logProb }))];
}

export function account(outcome: Outcome, assignment: Assignment, tables: PoemTables | null): Account {
  const { draft, seconds } = outcome;
  const body = glyphsOf(outcome, assignment)
    .map(({ text }) => text)
    .join("");
  const poem: Poem = { body, finished: draft.state === "finished" };
  const logProb = sumOf(draft.tokens);
  const count = draft.tokens.length;
  return {
    poem,
    logProb,
    perToken: count > 0 ? logProb / count : null,
    rate: count > 0 && seconds > 0 ? count / seconds : null,
    measures: tables && count > 0 ? measure(poem, assignment.prompt.form, tables) : null,
  };
}

/** What the outcomes come to, in a sentence: whose text the model finds likeliest, and whose it does not. */
export function describeOutcomes(outcomes: readonly Outcome[], assignment: Assignment): string {
  const accounts = outcomes.map((outcome) => ({ name: outcome.decoder.name, ...account(outcome, assignment, null) }));
  if (new Set(accounts.map(({ poem }) => poem.body)).size === 1) return "六个解码器写的是同一首。";
  const ranked = accounts.toSorted((a, b) => b.logProb - a.logProb);
  const say = (one: (typeof ranked)[number] | undefined): string =>
    one ? `「${one.name}」（${formatNumber(one.logProb, 1)}）` : "";
  return `写完了：ln p 最高的是${say(ranked[0])}，最低的是${say(ranked.at(-1))}。`;
}

/** An outcome with its numbers. */
export interface OutcomeRow extends Outcome, Account {}

/** How many steps an outcome took. */
export function stepsOf({ draft, drafts }: Pick<Outcome, "draft" | "drafts">): number {
  return (drafts ?? draft.tokens).length;
}

/** An outcome as it was after some of its steps; what is measured of whole poems is not known then. */
export function outcomeAt(row: OutcomeRow, step: number): OutcomeRow {
  if (step >= stepsOf(row)) return row;
  const { draft, drafts } = row;
  const early: Draft = drafts?.[step - 1] ?? { tokens: draft.tokens.slice(0, step), state: "writing" };
  const logProb = sumOf(early.tokens);
  const count = early.tokens.length;
  return { ...row, draft: early, logProb, perToken: count > 0 ? logProb / count : null, rate: null, measures: null };
}

/** All numbers: of the CSV, a row for each decoder, and what is not of the CSV alone on the screen, too. */
export function columnsOf({ prompt, seed }: Assignment): Column<OutcomeRow>[] {
  const only = "csv";
  const fixed = (digits: number) => (value: number) => formatNumber(value, digits);
  return [
    { head: "解码器", cell: ({ decoder }) => decoder.name, only },
    { head: "设置", cell: ({ caption }) => caption, only },
    { head: "种子", cell: () => seed, only },
    { head: "体裁", cell: () => prompt.form, only },
    { head: "标题", cell: () => prompt.title, only },
    { head: "诗", cell: ({ poem }) => poem.body, only },
    { head: "写完", cell: ({ poem }) => poem.finished, only },
    { head: "词元数", cell: ({ draft }) => draft.tokens.length, only },
    { head: "ln p", cell: ({ logProb, perToken }) => (perToken === null ? null : logProb), print: fixed(1) },
    { head: "每词元 ln p", cell: ({ perToken }) => perToken, print: fixed(2) },
    { head: "distinct-2", cell: ({ measures }) => measures?.distinct2, print: fixed(2) },
    { head: "重复字", cell: ({ measures }) => measures?.repeated, print: formatPercent },
    { head: "格式", cell: ({ measures }) => measures?.form },
    { head: "押韵", cell: ({ measures }) => measures?.rhyme },
    { head: "抄句", cell: ({ measures }) => measures?.copied.length },
    { head: "抄的是", cell: ({ measures }) => measures?.copied.join("/"), only },
    { head: "词元/秒", cell: ({ rate }) => rate, print: fixed(0) },
    { head: "各词元 ln p", cell: ({ draft }) => draft.tokens.map((token) => token.logProb.toFixed(6)).join(" "), only },
  ];
}

/** The same on the screen: a row for each number and a column for each decoder, so that it fits a telephone. */
export function turned(columns: readonly Column<OutcomeRow>[], rows: readonly OutcomeRow[]) {
  const measured = columns.filter(({ only }) => only !== "csv");
  const cells = rows.map((row): Column<Column<OutcomeRow>> => {
    const cell = (column: Column<OutcomeRow>) => {
      const value = column.cell(row);
      return typeof value === "number" ? cellText(column, row) : value;
    };
    return { head: row.decoder.name, cell, number: true };
  });
  return { columns: [{ head: "项目", cell: ({ head }: Column<OutcomeRow>) => head }, ...cells], rows: measured };
}
