import type { CsvTable } from "../../../kit/frame/types.ts";
import { formatNumber } from "../../../kit/text/format.ts";
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
  readonly vocabulary: readonly string[];
  readonly endId: number | null;
}

/** What has come of one decoder. */
export interface Outcome {
  readonly decoder: Decoder;
  /** Its settings, in words, as the run started with them. */
  readonly caption: string;
  readonly draft: Draft;
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
  /** `null` until the tables are there. */
  readonly measures: PoemMeasures | null;
}

/** The characters of an outcome: the reader's, then the decoder's, without the end token. */
export function glyphsOf({ draft }: Outcome, { prompt, vocabulary, endId }: Assignment): Glyph[] {
  const given = [...prompt.opening].map((text): Glyph => ({ text, logProb: null }));
  const written = draft.tokens.filter(({ token }) => token !== endId);
  return [...given, ...written.map(({ token, logProb }): Glyph => ({ text: vocabulary[token] ?? "", logProb }))];
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
    measures: tables && measure(poem, assignment.prompt.form, tables),
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

/** All numbers, one row a decoder. */
export function outcomesTable(
  outcomes: readonly Outcome[],
  assignment: Assignment,
  tables: PoemTables | null,
): CsvTable {
  const { prompt, seed } = assignment;
  const columns: readonly [string, (outcome: Outcome, account: Account) => string | number | boolean][] = [
    ["解码器", ({ decoder }) => decoder.name],
    ["设置", ({ caption }) => caption],
    ["种子", () => seed],
    ["体裁", () => prompt.form],
    ["标题", () => prompt.title],
    ["诗", (_, { poem }) => poem.body],
    ["写完", (_, { poem }) => poem.finished],
    ["词元数", ({ draft }) => draft.tokens.length],
    ["总对数概率", (_, { logProb }) => logProb],
    ["每词元对数概率", (_, { perToken }) => perToken ?? ""],
    ["distinct-2", (_, { measures }) => measures?.distinct2 ?? ""],
    ["重复字比例", (_, { measures }) => measures?.repeated ?? ""],
    ["格式", (_, { measures }) => measures?.form ?? ""],
    ["押韵", (_, { measures }) => measures?.rhyme ?? ""],
    ["抄句", (_, { measures }) => measures?.copied.join("/") ?? ""],
    ["词元每秒", (_, { rate }) => rate ?? ""],
    ["各词元对数概率", ({ draft }) => draft.tokens.map((token) => token.logProb.toFixed(6)).join(" ")],
  ];
  return {
    columns: columns.map(([name]) => name),
    rows: outcomes.map((outcome) => {
      const numbers = account(outcome, assignment, tables);
      return columns.map(([, cell]) => cell(outcome, numbers));
    }),
  };
}
