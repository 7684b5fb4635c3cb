import type { EngineCalls } from "../../../engine/client.ts";
import { EngineError } from "../../../engine/errors.ts";
import { JsonObject, parseJson } from "../../../engine/files/json.ts";
import { missingClause } from "../sentences/unknown.ts";
import { Bloom } from "./bloom.ts";
import { type PoemPrompt, type PoemTables, promptProblem, promptText, readFinals } from "./poem.ts";

/** The model that writes the poems. */
export const MODEL = "gpt-poem";

/** What the tables are read from, beside the model itself. */
export const TABLE_FILES = ["finals.json", "lines.bloom"] as const;

let known: PoemTables | undefined;

/**
 * The model's rhymes and the lines it was trained on; downloaded once for the page.
 *
 * @throws EngineError as `downloadFile`; `bad-file`
 */
export async function loadPoemTables(engine: Pick<EngineCalls, "file">, signal: AbortSignal): Promise<PoemTables> {
  if (known) return known;
  const [finals, lines] = await Promise.all(TABLE_FILES.map((path) => engine.file(MODEL, path, { signal })));
  if (!finals || !lines) throw new EngineError("internal", "a file without bytes");
  const groups = new JsonObject(parseJson(finals, "finals.json"), "finals.json");
  const table = Object.fromEntries(groups.keys().map((final) => [final, groups.string(final)]));
  known = { finals: readFinals(table), lines: new Bloom(lines) };
  return known;
}

/** The ids of a prompt. @throws EngineError `bad-input`, naming what cannot stand in it or what the model does not know */
export async function encodePrompt(engine: Pick<EngineCalls, "encode">, prompt: PoemPrompt): Promise<number[]> {
  const problem = promptProblem("title", prompt.title) ?? promptProblem("opening", prompt.opening);
  if (problem) throw new EngineError("bad-input", problem.slice(0, -1));
  const { ids, unknown } = await engine.encode(MODEL, promptText(prompt));
  if (unknown.length > 0) throw new EngineError("bad-input", missingClause(unknown.map(({ char }) => char)));
  return ids;
}
