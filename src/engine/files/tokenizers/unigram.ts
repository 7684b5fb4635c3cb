import { EngineError } from "../../errors.ts";
import type { JsonObject } from "../json.ts";
import { fallbackTokens } from "./byte-level.ts";
import type { Model, ModelToken } from "./token.ts";

/** How much less likely than the least likely piece an unknown character is, as SentencePiece has it. */
const UNKNOWN_PENALTY = 10;

/** The best way to a place in the text. */
interface Step {
  readonly score: number;
  readonly start: number;
  readonly unknown: boolean;
}

/**
 * Unigram (Kudo 2018), the model of SentencePiece and T5: of all ways to cut a text into pieces that with the largest sum of log-probabilities.
 * @throws EngineError `bad-file`
 */
export function readUnigram(json: JsonObject): Model {
  const list = json.value("vocab");
  if (!Array.isArray(list)) json.fail("vocab", "应是数组");
  const pieces = (list as unknown[]).map((entry): readonly [piece: string, score: number] => {
    const [piece, score] = Array.isArray(entry) ? (entry as unknown[]) : [];
    return typeof piece === "string" && typeof score === "number"
      ? [piece, score]
      : json.fail("vocab", "应是词元和分数的数组");
  });
  const unknownId = json.has("unk_id") ? json.integer("unk_id", 0) : null;
  if (unknownId !== null && unknownId >= pieces.length) json.fail("unk_id", "不在词表里");
  const bytes = json.boolean("byte_fallback", false);
  const vocabulary = new Map(pieces.map(([piece], id) => [piece, id]));
  const longest = pieces.reduce((length, [piece]) => Math.max(length, piece.length), 0);
  const unknownScore =
    pieces.reduce((least, [, score]) => Math.min(least, score), Number.POSITIVE_INFINITY) - UNKNOWN_PENALTY;

  const unknown = (text: string): ModelToken => {
    if (unknownId === null) throw new EngineError("bad-input", `词表里没有「${text}」，也没有代表未知的词元`);
    return { id: unknownId, text, unknown: true };
  };

  /** The best step to the end of every beginning of the text. */
  const bestSteps = (text: string): readonly (Step | undefined)[] => {
    const steps = new Array<Step | undefined>(text.length + 1).fill(undefined);
    const offer = (end: number, step: Step): void => {
      const known = steps[end];
      if (!known || step.score > known.score) steps[end] = step;
    };
    let start = 0;
    for (const character of text) {
      const reached = steps[start]?.score ?? 0;
      for (let end = start + 1; end <= Math.min(start + longest, text.length); end++) {
        const id = vocabulary.get(text.slice(start, end));
        if (id !== undefined) offer(end, { score: pieces[id]![1] + reached, start, unknown: id === unknownId });
      }
      const after = start + character.length;
      if (!vocabulary.has(character)) {
        if (unknownId === null) unknown(character);
        offer(after, { score: unknownScore + reached, start, unknown: true });
      }
      start = after;
    }
    return steps;
  };

  /** The pieces of the best way. Unknown characters that are neighbours are one. */
  const cutsOf = (text: string): string[] => {
    const steps = bestSteps(text);
    const cuts: string[] = [];
    let fused = false;
    for (let end = text.length; end > 0; ) {
      const { start, unknown: own } = steps[end]!;
      const piece = text.slice(start, end);
      if (own && fused) cuts[cuts.length - 1] = piece + cuts.at(-1)!;
      else cuts.push(piece);
      fused = own;
      end = start;
    }
    return cuts.reverse();
  };

  return {
    vocabulary,
    spelling: pieces.map(([piece]) => piece),
    cut: (text) =>
      cutsOf(text).flatMap((piece) => {
        const id = vocabulary.get(piece);
        if (id !== undefined) return [{ id, text: piece, unknown: false }];
        const own = bytes ? fallbackTokens(piece).map((token) => ({ token, id: vocabulary.get(token) })) : [];
        if (bytes && own.every((byte) => byte.id !== undefined)) {
          return own.map((byte) => ({ id: byte.id!, text: byte.token, unknown: false }));
        }
        return [unknown(piece)];
      }),
  };
}
