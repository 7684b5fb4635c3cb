import { EngineError } from "../../../../engine/errors.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { text } from "../../../kit/state/fields.ts";
import { followProbability, type Judged, PAIRS } from "../../../subjects/sentences/pairs.ts";
import { unknownClause } from "../../../subjects/sentences/unknown.ts";

const MAX_TEXT = 48;
/** Pairs that are read at once. */
const BATCH = 8;

export const fields = {
  first: text({ initial: "爷爷在院子里种了一棵苹果树。", maxLength: MAX_TEXT, label: "第一句" }),
  second: text({ initial: "三年以后，树上结满了苹果。", maxLength: MAX_TEXT, label: "第二句" }),
};

/** What the model said of two sentences. */
export interface Verdict {
  readonly first: string;
  readonly second: string;
  /** What of them it could not read (`unknownClause`). */
  readonly unknown: string;
  /** That the second follows the first. */
  readonly probability: number;
}

/** Whether the second sentence follows the first. @throws EngineError `bad-input` where one is missing, or both are too long */
export async function judge(
  { engine, model }: WorkContext,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<Verdict> {
  if (first.trim() === "" || second.trim() === "") throw new EngineError("bad-input", "两句话都要写，每句至少一个字");
  const encoded = await engine.encode(model.id, first, second);
  if (encoded.ids.length > model.contextLength) {
    throw new EngineError("bad-input", `一共 ${encoded.ids.length} 个词元，模型最多读 ${model.contextLength} 个`);
  }
  const { nextSentence } = await engine.read(model.id, encoded);
  return { first, second, unknown: unknownClause(encoded.unknown), probability: followProbability(nextSentence) };
}

/** The same of all pairs, as far as they are read. */
export async function* judgeAll({ engine, model }: WorkContext): AsyncGenerator<readonly Judged[], void, undefined> {
  let judged: readonly Judged[] = [];
  for (let start = 0; start < PAIRS.length; start += BATCH) {
    const part = PAIRS.slice(start, start + BATCH);
    const texts = await Promise.all(part.map(({ first, second }) => engine.encode(model.id, first, second)));
    const readings = await engine.readTexts(model.id, texts);
    const own = part.map((pair, i) => ({ pair, probability: followProbability(readings[i]!.nextSentence) }));
    judged = [...judged, ...own];
    yield judged;
  }
}
