import { EngineError } from "../../../../engine/errors.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { behindMark, type ReadText } from "../../../subjects/own-model/behind-mark.ts";

/** Tokens that the figures of this chapter have room for. */
export const MAX_TOKENS = 128;

/**
 * A text as a model reads it.
 *
 * @param most tokens, the mark included
 * @throws EngineError `bad-input`: as `behindMark`; nothing that the model reads; more tokens than the model or the figure has room for
 */
export async function encodeText(
  { engine, model }: Pick<WorkContext, "engine" | "model">,
  text: string,
  most = MAX_TOKENS,
): Promise<ReadText> {
  const read = behindMark(await engine.encode(model.id, text), model);
  const { length } = read.ids;
  if (length === read.front) {
    throw new EngineError("bad-input", "这段文字里没有一个词元是模型读得到的，写几个别的字");
  }
  if (length > model.contextLength) {
    throw new EngineError("bad-input", `这段文字是 ${length} 个词元，模型最多读 ${model.contextLength} 个，写短一些`);
  }
  if (length > most) {
    throw new EngineError("bad-input", `这段文字是 ${length} 个词元，图上最多放 ${most} 个，写短一些`);
  }
  return read;
}

/**
 * Some texts, as many from the first on as have no more tokens than that together with the last one, which is always among them. Others that the model cannot read are
 * left out. Errors, of the last one, as of `encodeText`.
 */
export async function fitting(
  context: Pick<WorkContext, "engine" | "model">,
  texts: readonly string[],
  tokens: number,
): Promise<(ReadText & { readonly text: string })[]> {
  const own = texts.at(-1) ?? "";
  const last = { ...(await encodeText(context, own)), text: own };
  const kept: (typeof last)[] = [];
  let room = tokens - last.ids.length;
  for (const text of texts.slice(0, -1)) {
    try {
      const one = { ...(await encodeText(context, text)), text };
      room -= one.ids.length;
      if (room < 0) break;
      kept.push(one);
    } catch (error) {
      if (!(error instanceof EngineError && error.code === "bad-input")) throw error;
    }
  }
  return [...kept, last];
}
