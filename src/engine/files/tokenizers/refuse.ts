import { EngineError } from "../../errors.ts";

/** A part of a tokenizer.json that would be read otherwise here than in Python. @throws EngineError `unsupported-model`, naming the part and its kind */
export function refuse(part: string, kind: string): never {
  throw new EngineError("unsupported-model", `tokenizer.json 的 ${part}：${kind}`);
}
