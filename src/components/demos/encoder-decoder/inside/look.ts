import type { AnswerOf, QuestionOf } from "../../../../engine/experiments/catalog.ts";
import { readingOf } from "../../../../engine/experiments/readings.ts";
import type { NeighboursAnswer, TranslationAnswer } from "../../../../engine/experiments/seq2seq.ts";
import type { Neighbour } from "../../../../engine/experiments/seq2seq-neighbours.ts";
import { type Side, stateNames } from "../../../../engine/experiments/seq2seq-settings.ts";
import { TRANSLATOR_DEFAULTS, type TranslatorSettings } from "../../../../engine/experiments/translator-settings.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import { type Architecture, MAX_WRITTEN, NAMES, QUICK_DIGITS } from "../fields.ts";

/** How the small translator is trained that stands in where the reader has trained none. */
export function quickSettings(
  architecture: Architecture,
  steps: number,
): { readonly settings: TranslatorSettings; readonly seed: number } {
  const settings = { ...TRANSLATOR_DEFAULTS, architecture, digits: QUICK_DIGITS, steps, every: steps };
  return { settings, seed: 1 };
}

/** Whoever answers: a run on the page, or in the build. */
export type Ask = (question: QuestionOf<"translator">) => Promise<AnswerOf<"translator"> | undefined>;

/** Which translator was looked into. */
export interface Looked {
  readonly architecture: Architecture;
  /** Steps of its training so far, and the longest number in it. */
  readonly steps: number;
  readonly digits: number;
}

/** It in words. */
export const tellLooked = ({ architecture, steps, digits }: Looked): string =>
  `${NAMES[architecture]}，训练了 ${steps} 步，见过的数最长 ${digits} 位`;

/** What a translator wrote, by itself or with something set. */
export interface Written {
  readonly characters: readonly string[];
  readonly probabilities: readonly number[];
  readonly ended: boolean;
  /** [1 + characters + the end if it came, characters of the source]: where it looked; undefined without attention. */
  readonly pattern: HostTensor | undefined;
}

/** The names of what the decoder was about to write: the characters, and the end if it came. */
export const rowsOf = ({ characters, ended }: Written): string[] => [...characters, ...(ended ? ["结束"] : [])];

/** Of a text, whether it is what one reads for its source; undefined where that is no number and no date. */
export function isRight(source: string, written: Written): boolean | undefined {
  const right = readingOf(source);
  return right === undefined ? undefined : written.ended && written.characters.join("") === right;
}

const ATTENTION = "decoder.cross_attn.pattern";

/** What is set instead of what the model would do. */
export interface Change {
  readonly forced?: ReadonlyMap<number, string>;
  readonly attention?: ReadonlyMap<number, Float32Array>;
}

/** What the LSTM with attention writes, and where it looks meanwhile. */
export async function write(ask: Ask, source: string, change: Change = {}): Promise<Written | undefined> {
  const answer = await ask({ kind: "translation", source, length: MAX_WRITTEN, trace: [ATTENTION], ...change });
  if (answer?.kind !== "translation") return undefined;
  return writtenOf(answer, answer.traces.get(ATTENTION));
}

function writtenOf({ characters, probabilities, ended }: TranslationAnswer, pattern: HostTensor | undefined): Written {
  if (!pattern) return { characters, probabilities, ended, pattern };
  const [, , columns = 0] = pattern.shape;
  // What is read behind the end, or last, chooses nothing.
  const rows = characters.length + (ended ? 1 : 0);
  return {
    characters,
    probabilities,
    ended,
    pattern: { shape: [rows, columns], data: pattern.data.slice(0, rows * columns) },
  };
}

/** The states of one side after each token that it has read, and for each the nearest of the training. */
export interface SideStates {
  /** What was read. */
  readonly tokens: readonly string[];
  /** [tokens, width] */
  readonly states: HostTensor;
  readonly neighbours: readonly (readonly Neighbour[])[];
}

export interface States {
  readonly looked: Looked;
  readonly source: string;
  readonly written: Written;
  readonly sides: Readonly<Record<Side, SideStates>>;
}

/** Neighbours of each state. */
export const NEIGHBOURS = 5;

/** Everything that a translator had in mind while it read and wrote. */
export async function lookInside(ask: Ask, looked: Looked, source: string): Promise<States | undefined> {
  const names = stateNames({ architecture: looked.architecture, layers: TRANSLATOR_DEFAULTS.layers });
  const answer = await ask({ kind: "translation", source, length: MAX_WRITTEN, trace: Object.values(names) });
  if (answer?.kind !== "translation") return undefined;
  const written = writtenOf(answer, undefined);
  // After the end nothing is written any more: what the decoder has in mind then is of no use.
  const tokens = { encoder: [...source], decoder: ["开始", ...written.characters] };
  const near = async (side: Side): Promise<NeighboursAnswer["neighbours"] | undefined> => {
    const found = await ask({ kind: "neighbours", source, length: MAX_WRITTEN, side, count: NEIGHBOURS });
    return found?.kind === "neighbours" ? found.neighbours : undefined;
  };
  const [encoder, decoder] = [await near("encoder"), await near("decoder")];
  if (!encoder || !decoder) return undefined;
  const sideOf = (side: Side, neighbours: NeighboursAnswer["neighbours"]): SideStates => {
    const { shape, data } = answer.traces.get(names[side])!;
    const [count, width = 0] = [tokens[side].length, shape[1]];
    const states = { shape: [count, width], data: data.slice(0, count * width) };
    return { tokens: tokens[side], states, neighbours: neighbours.slice(0, count) };
  };
  return {
    looked,
    source,
    written,
    sides: { encoder: sideOf("encoder", encoder), decoder: sideOf("decoder", decoder) },
  };
}

/** A part of a text that had been read when a neighbour was in its state, and the rest of it. */
export function splitAt({ source, target, place }: Neighbour, side: Side): readonly [read: string, rest: string] {
  const characters = [...(side === "encoder" ? source : target)];
  // The decoder has read the start before the first character.
  const count = side === "encoder" ? place + 1 : place;
  return [characters.slice(0, count).join(""), characters.slice(count).join("")];
}
