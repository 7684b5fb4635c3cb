import { isIntegerFrom, JsonObject } from "./json.ts";

/** Where transformers keeps what belongs to writing, since its version 4.26. */
export const GENERATION_FILE = "generation_config.json";

/**
 * The tokens that end a text, as a file names them: none, one, or several, among them such as cannot occur, as −1, or 50256 in a small model, which
 * transformers writes where nobody has set it.
 * @param value of `eos_token_id`
 */
export function endIdsIn(value: unknown, vocabularySize: number): readonly number[] {
  const ends = [value].flat().filter((end): end is number => isIntegerFrom(end, 0) && end < vocabularySize);
  return [...new Set(ends)];
}

/**
 * A model with the ends of its generation_config.json, which `generate()` of transformers asks first.
 * @throws EngineError `bad-file`
 */
export function withGeneration<C extends { readonly vocabularySize: number }>(config: C, json: unknown): C {
  const fields = new JsonObject(json, GENERATION_FILE);
  if (!("endIds" in config && fields.has("eos_token_id"))) return config;
  return { ...config, endIds: endIdsIn(fields.value("eos_token_id"), config.vocabularySize) };
}
