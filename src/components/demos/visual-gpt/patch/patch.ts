import { logSoftmax } from "../../../../engine/decoding/softmax.ts";
import { EngineError } from "../../../../engine/errors.ts";
import { indexOfLargest } from "../../../../engine/statistics.ts";
import type { Column } from "../../../figures/data-table.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { visibleToken } from "../../../kit/text/token-text.ts";
import type { ReadText } from "../../../subjects/own-model/behind-mark.ts";
import { encodeText } from "../own/encode.ts";
import { MAX_PLACES } from "./fields.ts";

export const MODEL = "gpt-zh";

/** One of the two sentences. */
export interface Side {
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** How many of them stand before the sentence. */
  readonly front: number;
  /** The token that it asks for. */
  readonly answer: string;
  /** ln p(answer of the first) − ln p(answer of the second), as the model reads this sentence. */
  readonly lean: number;
}

/** The grid, as far as it is computed. */
export interface Patched {
  /** What is put in, and what it is put into. */
  readonly donor: Side;
  readonly into: Side;
  /** Depths and places of the whole grid. */
  readonly depths: number;
  /** [depths so far × places] The lean of the second sentence with the first one's stream at one place. */
  readonly leans: Float32Array;
}

export interface Settings {
  readonly donor: string;
  readonly into: string;
}

/**
 * Puts the residual stream of one sentence into the other, place by place, from the embeddings up.
 * @throws EngineError `bad-input`; as `encodeText` and `ModelCalls.patch`
 */
export async function* patchAll({ engine, model }: WorkContext, settings: Settings): AsyncGenerator<Patched> {
  const { config } = model;
  const [first, second] = await Promise.all(
    [settings.donor, settings.into].map((text) => encodeText({ engine, model }, text, MAX_PLACES)),
  );
  if (first!.ids.length !== second!.ids.length) {
    const [a, b] = [first!, second!].map(({ ids, front }) => ids.length - front);
    // A character is a token for the models of the site, not for any.
    const unit = model.entry ? "字" : "词元";
    const detail = `两句话要一样长，才能一个位置对一个位置地换。现在一句 ${a} 个${unit}，一句 ${b} 个`;
    throw new EngineError("bad-input", detail);
  }
  const read = async (ids: readonly number[]): Promise<Float32Array> => logSoftmax(await engine.next(model.id, ids));
  const [own, other] = [await read(first!.ids), await read(second!.ids)];
  const answers = [indexOfLargest(own), indexOfLargest(other)];
  if (answers[0] === answers[1]) {
    const name = visibleToken(model.vocabulary[answers[0]!] ?? "");
    throw new EngineError("bad-input", `两句话后面，模型最想写的都是「${name}」，没有可比的。换一句，让答案不同`);
  }
  const leanOf = (logProbs: ArrayLike<number>): number => logProbs[answers[0]!]! - logProbs[answers[1]!]!;
  const side = ({ tokens, ids, front }: ReadText, answer: number, logProbs: Float32Array): Side => ({
    tokens,
    ids,
    front,
    answer: model.vocabulary[answer] ?? "",
    lean: leanOf(logProbs),
  });
  const sides = { donor: side(first!, answers[0]!, own), into: side(second!, answers[1]!, other) };
  const places = second!.ids.length;
  const depths = config.layers + 1;
  const leans = new Float32Array(depths * places);
  for (let depth = 0; depth < depths; depth++) {
    const rows = await engine.patch(model.id, second!.ids, first!.ids, depth, answers);
    rows.forEach(([a = 0, b = 0], place) => {
      leans[depth * places + place] = a - b;
    });
    yield { ...sides, depths, leans: leans.slice(0, (depth + 1) * places) };
  }
}

/** How far one patch has moved the answer: 0 for not at all, 1 for all the way to that of the other sentence. */
export function shareMoved({ donor, into }: Pick<Patched, "donor" | "into">, lean: number): number {
  return (lean - into.lean) / (donor.lean - into.lean);
}

/** Does not break, and is not taken for a token's. */
const SPACE = "\u00a0";

/** A depth in words: what the patch replaces there. */
export function depthName(depth: number): string {
  return depth === 0 ? "嵌入" : `第${SPACE}${depth}${SPACE}块之后`;
}

/** A cell of the grid. */
export interface Cell {
  readonly depth: string;
  readonly place: number;
  readonly donor: string;
  readonly into: string;
  readonly lean: number;
  readonly share: number;
}

export function cellsOf(patched: Patched): Cell[] {
  const places = patched.into.ids.length;
  return Array.from(patched.leans, (lean, i) => {
    const [depth, place] = [Math.floor(i / places), i % places];
    return {
      depth: depthName(depth),
      place: place + 1,
      donor: visibleToken(patched.donor.tokens[place] ?? ""),
      into: visibleToken(patched.into.tokens[place] ?? ""),
      lean,
      share: shareMoved(patched, lean),
    };
  });
}

export const columns: readonly Column<Cell>[] = [
  { head: "深度", cell: ({ depth }) => depth },
  { head: "位置", cell: ({ place }) => place },
  { head: "换进来的字", cell: ({ donor }) => donor },
  { head: "原来的字", cell: ({ into }) => into },
  { head: "答案的偏向", cell: ({ lean }) => lean },
  { head: "移动了几成", cell: ({ share }) => share },
];
