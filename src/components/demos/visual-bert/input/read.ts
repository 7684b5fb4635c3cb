import { EngineError } from "../../../../engine/errors.ts";
import type { EncodedText } from "../../../../engine/files/tokenizer.ts";
import type { HostTensor } from "../../../../engine/tensor/trace.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { choice, integer, text } from "../../../kit/state/fields.ts";

/** Characters of each of the two texts: a matrix of all places must stay readable. */
export const MAX_TEXT = 24;

/** What the model makes of a text before its first block, by the names of traces. */
export const PARTS = [
  { key: "embed", name: "词嵌入" },
  { key: "token_type_embed", name: "段嵌入" },
  { key: "pos_embed", name: "位置嵌入" },
  { key: "embed_sum", name: "三者之和" },
  { key: "full_embed", name: "层归一化以后" },
] as const;

export const fields = {
  first: text({ initial: "猫喜欢吃鱼。", maxLength: MAX_TEXT, label: "第一句" }),
  second: text({ initial: "狗喜欢吃骨头。", maxLength: MAX_TEXT, label: "第二句（可以不写）" }),
  at: integer({ initial: 1, min: 0, max: 2 * MAX_TEXT + 3 }),
  component: integer({ initial: 1, min: 1, max: 1024 }),
  what: choice({
    initial: PARTS[4].key,
    label: "比较哪一种向量",
    options: PARTS.map(({ key, name }) => ({ value: key, label: name })),
  }),
};

/** A text as it goes into the model. */
export interface Input {
  readonly encoded: EncodedText;
  /** [places, width] each, by key of its part. */
  readonly vectors: ReadonlyMap<string, HostTensor>;
}

/** Reads one or two sentences as far as the first block. @throws EngineError `bad-input` for none, or too many tokens */
export async function readInput(
  { engine, model }: WorkContext,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<Input> {
  if (first.trim() === "") throw new EngineError("bad-input", "请写第一句；第二句可以不写");
  const encoded = await engine.encode(model.id, first, second.trim() === "" ? undefined : second);
  if (encoded.ids.length > model.contextLength) {
    throw new EngineError("bad-input", `一共 ${encoded.ids.length} 个词元，模型最多读 ${model.contextLength} 个`);
  }
  const { traces } = await engine.read(model.id, encoded, { trace: PARTS.map(({ key }) => key) });
  return { encoded, vectors: traces };
}
