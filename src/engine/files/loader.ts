import { EngineError } from "../errors.ts";
import { findWeights, readTensors } from "./checkpoint.ts";
import { type ModelConfig, parseAnyConfig } from "./config.ts";
import type { DownloadOptions } from "./download.ts";
import type { ModelFolder } from "./folder.ts";
import { GENERATION_FILE, withGeneration } from "./generation.ts";
import { parseJson } from "./json.ts";
import type { TensorView } from "./safetensors.ts";
import { asStored, withTwins } from "./tied.ts";
import { Tokenizer } from "./tokenizer.ts";

export type LoadOptions = Pick<DownloadOptions, "onProgress" | "signal">;

/** Files of a folder that are read only where they are there. */
const OPTIONAL = [GENERATION_FILE];

/** What a model's folder says, parsed and checked: all that is needed to build the model. */
export interface ParsedModel {
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  /** By the names that transformers gives them; views of files in memory. */
  readonly tensors: ReadonlyMap<string, TensorView>;
}

/**
 * Opens a Hugging Face folder for the engine.
 *
 * @param known its files, where it was inspected; what is not among them is not asked for
 * @param options `onProgress` counts the bytes of all its files together
 * @throws EngineError as `findWeights`, `ModelFolder.read` and `parseModelFiles`
 */
export async function loadFolder(
  folder: ModelFolder,
  options: LoadOptions = {},
  known: readonly string[] = [],
): Promise<ParsedModel> {
  const weights = await findWeights(folder, options.signal);
  if (!weights) throw new EngineError("not-found", "model.safetensors");
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const optional = OPTIONAL.filter((path) => known.includes(path));
  const paths = ["config.json", "tokenizer.json", ...optional, ...weights.shards];
  const read = await reader(folder, paths, { ...options, signal });
  try {
    return await parseModelFiles(read, weights.shards, optional);
  } catch (error) {
    // A model that cannot run is known long before its weights are there.
    stop.abort();
    throw error;
  }
}

// #region parse-model
/**
 * Opens the files of a Hugging Face folder.
 *
 * @param read gives the bytes of a file of the folder; its errors pass through
 * @param optional files that the folder has beside those that every one has
 * @throws EngineError `bad-file`, `truncated` or `unsupported-model`, naming the file
 */
export async function parseModelFiles(
  read: (path: string) => Promise<ArrayBuffer>,
  weights: readonly string[] = ["model.safetensors"],
  optional: readonly string[] = [],
): Promise<ParsedModel> {
  // The weights are on their way while the small files are looked at. Should those be unfit, nobody waits for the weights any more.
  const tensors = readTensors(weights, read);
  tensors.catch(() => {});
  const [configBytes, tokenizerBytes] = await Promise.all([read("config.json"), read("tokenizer.json")]);
  const named = await parseAnyConfig(parseJson(configBytes, "config.json"));
  const config = optional.includes(GENERATION_FILE)
    ? withGeneration(named, parseJson(await read(GENERATION_FILE), GENERATION_FILE))
    : named;
  const tokenizer = new Tokenizer(parseJson(tokenizerBytes, "tokenizer.json"), config.vocabularySize);
  const stored = await tensors;
  return { config: asStored(config, stored), tokenizer, tensors: withTwins(config, stored) };
}
// #endregion

/** The files of a folder by their paths, as they are. @throws EngineError as `ModelFolder.stat` and `read` */
export async function readFiles(
  folder: ModelFolder,
  paths: readonly string[],
  options: LoadOptions = {},
): Promise<Map<string, ArrayBuffer>> {
  const read = await reader(folder, paths, options);
  const files = new Map<string, ArrayBuffer>();
  for (const path of paths) files.set(path, await read(path));
  return files;
}

/** Reads these files of a folder, with one progress for the bytes of all of them. */
async function reader(
  folder: ModelFolder,
  paths: readonly string[],
  { onProgress, signal }: LoadOptions,
): Promise<(path: string) => Promise<ArrayBuffer>> {
  const specs = await Promise.all(paths.map((path) => folder.stat(path, signal)));
  const total = specs.reduce((sum, spec) => sum + (spec?.bytes ?? 0), 0);
  const loaded = new Map<string, number>();
  return (path) =>
    folder.read(path, {
      signal,
      onProgress: (progress) => {
        loaded.set(path, progress.loaded);
        onProgress?.({ loaded: [...loaded.values()].reduce((sum, bytes) => sum + bytes), total });
      },
    });
}
