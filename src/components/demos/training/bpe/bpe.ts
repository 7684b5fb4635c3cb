import { type Merge, merged, type PairBase, PairMerging, spellOut } from "../../../../engine/analysis/pair-merging.ts";
import { readBytes, segmented } from "../../../../engine/analysis/text-units.ts";
import { type Column, csvOf } from "../../../figures/data-table.ts";
import type { CsvTable } from "../../../kit/frame/types.ts";
import { choice, integer, type StateOf, text } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";
import { formatNumber } from "../../../kit/text/format.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";

const TWISTERS =
  "吃葡萄不吐葡萄皮，不吃葡萄倒吐葡萄皮。四是四，十是十，十四是十四，四十是四十。八百标兵奔北坡，炮兵并排北边跑。炮兵怕把标兵碰，标兵怕碰炮兵炮。";
const MOST = 200;
export const ALL = -1;

export const fields = {
  text: text({
    label: "从这段文字学",
    initial: TWISTERS,
    maxLength: 600,
    validate: (value) => (value.trim() === "" ? "先写几个字，没有文字就没有可以合并的。" : undefined),
  }),
  base: choice({ label: "从什么开始", initial: "bytes", options: named({ bytes: "字节", characters: "字" }) }),
  merges: integer({ label: "最多合并", initial: 40, min: 1, max: MOST, unit: "次" }),
  other: text({ label: "再切一句没学过的", initial: "葡萄糖水，炮兵吃了四十碗。", maxLength: 60 }),
  /** How many merges are shown; −1 stands for all. */
  at: integer({ initial: ALL, min: ALL, max: MOST }),
};
export type Settings = StateOf<typeof fields>;

/** Another way to cut the same text. */
export interface Method {
  readonly name: string;
  /** Its tokens, joined for the eye, as far as there is room. */
  readonly cut: string;
  readonly tokens: number;
  /** Different tokens that it has used or learnt. */
  readonly kinds: number;
}

/** A text that was learnt from, and all that was merged in it. */
export interface Learnt {
  readonly base: PairBase;
  readonly characters: number;
  /** The bytes of each token. */
  readonly tokens: readonly (readonly number[])[];
  /** Kinds of token before the first merge. */
  readonly started: number;
  readonly merges: readonly Merge[];
  /** The text before the first merge, word by word. */
  readonly words: readonly (readonly number[])[];
  /** The other one; or what is wrong with it. */
  readonly other: readonly (readonly number[])[] | string;
  readonly methods: readonly Method[];
}

/** Learns from what is set. It asks no engine: some hundred merges of some hundred characters take some milliseconds. */
export async function learn({ text: read, base, merges, other }: Settings): Promise<Learnt> {
  const learnt = new PairMerging(read, base).learnUpTo(merges);
  return {
    base,
    characters: [...read].length,
    tokens: learnt.tokens.map(({ bytes }) => bytes),
    started: learnt.started,
    merges: learnt.merges,
    words: learnt.words(read, 0),
    other: wordsOrWhy(learnt, other),
    methods: methodsOf(read, merges),
  };
}

function wordsOrWhy(learnt: PairMerging, other: string): number[][] | string {
  try {
    return learnt.words(other, 0);
  } catch {
    const strange = [...other].find((character) => {
      try {
        return learnt.encode(character, 0).length === 0;
      } catch {
        return true;
      }
    });
    return `学过的文字里没有「${strange ?? other}」，从字开始的 BPE 切不了它。从字节开始就没有这个问题。`;
  }
}

/** Tokens that are printed of a text. */
const PRINTED = 10;
/** Characters of all of them. */
const ROOM = 36;

function methodsOf(read: string, merges: number): Method[] {
  const method = (name: string, tokens: readonly string[], kinds = new Set(tokens).size): Method => {
    const printed = tokens.slice(0, PRINTED).map(visibleToken).join(" | ");
    const cut = [...printed].slice(0, ROOM).join("");
    return {
      name,
      cut: cut.length < printed.length || tokens.length > PRINTED ? `${cut} …` : cut,
      tokens: tokens.length,
      kinds,
    };
  };
  const learnt = (base: PairBase) => {
    const { tokens, ...made } = learnAll(read, base, merges);
    return { ...made, texts: made.ids.map((id) => `${tokens[id]!.inner ? "##" : ""}${readBytes(tokens[id]!.bytes)}`) };
  };
  const [bytes, characters, pieces] = [learnt("bytes"), learnt("characters"), learnt("pieces")];
  const plain = Array.from(new TextEncoder().encode(read), (byte) => hex([byte]));
  return [
    method(
      "按空格",
      read.split(/\s+/u).filter((word) => word !== ""),
    ),
    method("字节", plain, 256),
    method("字", [...read]),
    method("词，查词典", segmented(read)),
    method("WordPiece", pieces.texts, pieces.kinds),
    method("BPE，从字开始", characters.texts, characters.kinds),
    method("BPE，从字节开始", bytes.texts, bytes.kinds),
  ];
}

function learnAll(read: string, base: PairBase, merges: number) {
  const learnt = new PairMerging(read, base).learnUpTo(merges);
  return { ids: learnt.encode(read), tokens: learnt.tokens, kinds: learnt.tokens.length };
}

/** The text after so many merges. */
export function cutAt({ merges }: Learnt, words: readonly (readonly number[])[], place: number): readonly number[] {
  return merges
    .slice(0, place)
    .reduce((now, merge) => now.map((ids) => merged(ids, merge)), words)
    .flat();
}

/** Whole characters, and the tokens that they are made of. */
export interface Piece {
  readonly text: string;
  readonly tokens: readonly { readonly text: string; readonly made: boolean }[];
}

/** What is drawn of a text. @param made the token that has just been made */
export function piecesOf({ tokens }: Learnt, ids: readonly number[], made: number | undefined): readonly Piece[] {
  return spellOut(ids.map((id) => tokens[id]!)).map(({ text: whole, from, to }) => ({
    text: visibleToken(whole),
    tokens: ids.slice(from, to).map((id) => ({
      text: to - from > 1 ? hex(tokens[id]!) : "",
      made: id === made,
    })),
  }));
}

const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");

/** A token in words: its characters, or the numbers of bytes that are none. */
export function nameOf({ tokens }: Learnt, id: number): string {
  return visibleToken(readBytes(tokens[id] ?? []));
}

/** A pair that can be merged. */
export interface Candidate {
  /** From 1, the best. */
  readonly rank: number;
  readonly pair: string;
  readonly makes: string;
  readonly count: number;
}

/** What could be merged in a step, counted from 1: the first of them was. */
export function candidatesAt(learnt: Learnt, step: number): readonly Candidate[] {
  const merge = learnt.merges[step - 1];
  if (!merge) return [];
  return [merge, ...merge.rivals].map(({ left, right, count }, i) => ({
    pair: `${nameOf(learnt, left)} + ${nameOf(learnt, right)}`,
    makes: visibleToken(readBytes([...learnt.tokens[left]!, ...learnt.tokens[right]!])),
    count,
    rank: i + 1,
  }));
}

export function candidateColumns(most: number): Column<Candidate>[] {
  return [
    { head: "相邻的一对", cell: ({ pair }) => pair },
    { head: "合成", cell: ({ makes }) => makes },
    { head: "次数", cell: ({ count }) => count, bar: { length: ({ count }) => count / most } },
  ];
}

export function methodColumns(characters: number): Column<Method>[] {
  return [
    { head: "切法", cell: ({ name }) => name },
    { head: "切出来", cell: ({ cut }) => cut, wide: true },
    { head: "词元数", cell: ({ tokens }) => tokens },
    { head: "一个词元几个字", cell: ({ tokens }) => characters / tokens, print: (value) => formatNumber(value, 2) },
    { head: "词表", cell: ({ kinds }) => kinds },
  ];
}

export function tableOf(learnt: Learnt): CsvTable {
  return csvOf<Merge>(
    [
      { head: "第几次", cell: (merge) => learnt.merges.indexOf(merge) + 1 },
      { head: "左", cell: ({ left }) => nameOf(learnt, left) },
      { head: "右", cell: ({ right }) => nameOf(learnt, right) },
      { head: "合成", cell: ({ made }) => nameOf(learnt, made) },
      { head: "相邻的次数", cell: ({ count }) => count },
      {
        head: "合并以后的词元数",
        cell: (merge) => cutAt(learnt, learnt.words, learnt.merges.indexOf(merge) + 1).length,
      },
    ],
    learnt.merges,
  );
}

/** What the merges have come to. @param asked how many there should be */
export function tell(learnt: Learnt, place: number, asked: number): string {
  const { length } = learnt.merges;
  if (length === 0) return "没有一对相邻的出现过两次，没有可以合并的。换一段有重复的文字。";
  const [before, now] = [0, place].map((at) => cutAt(learnt, learnt.words, at).length);
  const ended = place === length && length < asked ? "再没有一对出现过两次，只能停下。" : "";
  return `合并了 ${place} 次：${before} 个词元变成 ${now} 个，词表从 ${learnt.started} 到 ${learnt.started + place}。${ended}`;
}
