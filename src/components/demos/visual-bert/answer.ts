import type { EngineCalls } from "../../../engine/client.ts";
import { EngineError } from "../../../engine/errors.ts";
import { type ModelInfo, separatorOf } from "../../../engine/model-info.ts";
import { MASK } from "../../subjects/sentences/special-tokens.ts";

/**
 * What a GPT thinks comes next: it knows nothing of what follows the gap.
 * @returns logits over its vocabulary
 * @throws EngineError as `EngineClient.next`
 */
export async function fromTheLeft(engine: EngineCalls, model: ModelInfo, left: string): Promise<Float32Array> {
  const { ids } = await engine.encode(model.id, left);
  // Texts begin behind the end of the one before.
  const mark = separatorOf(model);
  return engine.next(model.id, mark === null ? ids : [mark, ...ids]);
}

/**
 * What a BERT thinks stands between two pieces of text.
 * @returns logits over its vocabulary
 * @throws EngineError `bad-input` if it is too long; `unsupported-model` if the model cannot guess tokens
 */
export async function fromBothSides(
  engine: EngineCalls,
  model: ModelInfo,
  left: string,
  right: string,
): Promise<Float32Array> {
  const encoded = await engine.encode(model.id, left + MASK + right);
  const { tokens } = await engine.read(model.id, encoded, { guesses: [encoded.tokens.indexOf(MASK)] });
  if (!tokens[0]) throw new EngineError("unsupported-model", "这个模型没有填空的头");
  return tokens[0];
}
