import type { EngineClient } from "../../../engine/client.ts";
import { EngineError } from "../../../engine/errors.ts";
import { Bloom } from "./bloom.ts";
import { type PoemPrompt, type PoemTables, promptText, readFinals } from "./poem.ts";

/** The model that all demos of this chapter run. */
export const MODEL = "gpt-poem";

/**
 * Downloads the model's rhymes and the lines it was trained on.
 *
 * @throws EngineError as `downloadFile`; `bad-file`
 */
export async function loadPoemTables(engine: EngineClient, signal: AbortSignal): Promise<PoemTables> {
  const [finals, lines] = await Promise.all([
    engine.file(MODEL, "finals.json", { signal }),
    engine.file(MODEL, "lines.bloom", { signal }),
  ]);
  return { finals: readFinals(parseFinals(finals)), lines: new Bloom(lines) };
}

function parseFinals(bytes: ArrayBuffer): Record<string, string> {
  const table: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const isTable = (value: unknown): value is Record<string, string> =>
    typeof value === "object" && value !== null && Object.values(value).every((chars) => typeof chars === "string");
  if (!isTable(table)) throw new EngineError("bad-file", "finals.json");
  return table;
}

/** The ids of a prompt. @throws EngineError `bad-input`, naming the characters that the model does not know */
export async function encodePrompt(engine: EngineClient, prompt: PoemPrompt): Promise<number[]> {
  const { ids, unknown } = await engine.encode(MODEL, promptText(prompt));
  if (unknown.length > 0)
    throw new EngineError("bad-input", `模型不认识「${unknown.map(({ char }) => char).join("」「")}」`);
  return ids;
}
