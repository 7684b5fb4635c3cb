import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";

/** Tokens that the figures of this chapter have room for. */
export const MAX_TOKENS = 128;

/**
 * A text as a GPT reads it that has read texts one behind the other: behind the mark that ends them, or behind what its tokenizer puts in front. What a tokenizer
 * puts at the end is taken away, as the text is to go on.
 *
 * @param most tokens, the mark included
 * @throws EngineError `bad-input`: a mark in the midst of the text; more tokens than the model or the figure has room for; a model without such a mark
 */
export async function encodeText(
  { engine, model }: Pick<WorkContext, "engine" | "model">,
  text: string,
  most = MAX_TOKENS,
): Promise<EncodedText> {
  const encoded = await engine.encode(model.id, text);
  const strange = new Set(encoded.unknown.map(({ index }) => encoded.ids[index]));
  const isMarkId = (id: number | undefined): boolean =>
    id !== undefined && model.specialIds.has(id) && !strange.has(id);
  let ids = encoded.ids.slice(0, encoded.ids.findLastIndex((id) => !isMarkId(id)) + 1);
  const begins = isMarkId(ids[0]);
  if (!begins) {
    if (model.endId === null)
      throw new EngineError("bad-input", "模型的 config.json 里没有 eos_token_id，不知道文章从哪里开始");
    ids = [model.endId, ...ids];
  }
  const inside = ids.slice(1).find(isMarkId);
  if (inside !== undefined) {
    throw new EngineError("bad-input", `「${model.vocabulary[inside]}」是格式的记号，不能写在文字里`);
  }
  if (ids.length > model.contextLength) {
    throw new EngineError(
      "bad-input",
      `这段文字是 ${ids.length} 个词元，模型最多读 ${model.contextLength} 个，写短一些`,
    );
  }
  if (ids.length > most) {
    throw new EngineError("bad-input", `这段文字是 ${ids.length} 个词元，图上最多放 ${most} 个，写短一些`);
  }
  return {
    ids,
    segments: ids.map(() => 0),
    tokens: ids.map((id) => model.vocabulary[id] ?? ""),
    unknown: begins ? encoded.unknown : encoded.unknown.map(({ index, char }) => ({ index: index + 1, char })),
  };
}

/**
 * Some texts, as many from the first on as have no more tokens than that together with the last one, which is always among them. Others that the model cannot read are
 * left out. Errors, of the last one, as of `encodeText`.
 */
export async function fitting(
  context: Pick<WorkContext, "engine" | "model">,
  texts: readonly string[],
  tokens: number,
): Promise<(EncodedText & { readonly text: string })[]> {
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
