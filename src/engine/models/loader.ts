import { EngineError } from "../errors.ts";
import { type ModelConfig, parseConfig } from "./config.ts";
import { type DownloadOptions, downloadFile } from "./download.ts";
import { parseJson } from "./json.ts";
import { downloadBytes, findFile, type ManifestEntry, type MODEL_FILES } from "./manifest.ts";
import { parseSafetensors, type TensorView } from "./safetensors.ts";
import { Tokenizer } from "./tokenizer.ts";

export type LoadOptions = DownloadOptions;

/** What a model's folder says, parsed and checked: all that is needed to build the model. */
export interface ParsedModel {
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  /** By the names that transformers gives them; views of one file in memory. */
  readonly tensors: ReadonlyMap<string, TensorView>;
}

export interface ModelFiles extends ParsedModel {
  readonly entry: ManifestEntry;
}

/**
 * Downloads and opens a model of the manifest. Progress counts the bytes of all its files together.
 *
 * @param base folder of the manifest, with a slash at its end
 * @throws EngineError as `downloadFile` and `parseModelFiles`
 */
export async function loadModelFiles(base: URL, entry: ManifestEntry, options: LoadOptions = {}): Promise<ModelFiles> {
  const { onProgress, ...rest } = options;
  const total = downloadBytes(entry);
  const loaded = new Map<string, number>();
  const model = await parseModelFiles((path) =>
    loadModelFile(base, entry, path, {
      ...rest,
      onProgress: (progress) => {
        loaded.set(path, progress.loaded);
        onProgress?.({ loaded: [...loaded.values()].reduce((sum, bytes) => sum + bytes), total });
      },
    }),
  );
  return { entry, ...model };
}

/** One file of a model, by its path in the manifest. @throws EngineError as `downloadFile` */
export async function loadModelFile(
  base: URL,
  entry: ManifestEntry,
  path: string,
  options: LoadOptions = {},
): Promise<ArrayBuffer> {
  return downloadFile(new URL(`${entry.id}/${path}`, base), findFile(entry, path), options);
}

// #region parse-model
/**
 * Opens a Hugging Face folder.
 *
 * @param read gives the bytes of a file of the folder; its errors pass through
 * @throws EngineError `bad-file`, `truncated` or `unsupported-model`, naming the file
 */
export async function parseModelFiles(
  read: (path: (typeof MODEL_FILES)[number]) => Promise<ArrayBuffer>,
): Promise<ParsedModel> {
  // The small files first: a model that cannot run is known before its weights are downloaded.
  const [configBytes, tokenizerBytes] = await Promise.all([read("config.json"), read("tokenizer.json")]);
  const config = parseConfig(parseJson(configBytes, "config.json"));
  const tokenizer = new Tokenizer(parseJson(tokenizerBytes, "tokenizer.json"));
  if (tokenizer.size !== config.vocabularySize) {
    const detail = `tokenizer.json 有 ${tokenizer.size} 个词元，config.json 说 ${config.vocabularySize} 个`;
    throw new EngineError("unsupported-model", detail);
  }
  return { config, tokenizer, tensors: parseSafetensors(await read("model.safetensors")) };
}
// #endregion
