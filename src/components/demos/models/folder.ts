import { publicDir } from "astro:config/server";
import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { type ModelConfig, parseConfig } from "../../../engine/files/config.ts";
import type { ManifestEntry } from "../../../engine/files/manifest.ts";
import { headerBytes, PREFIX_BYTES, parseHeader } from "../../../engine/files/safetensors.ts";
import { type Conversations, parseConversations } from "./conversations.ts";
import { type Evaluation, keyFigures } from "./figures.ts";
import { parseTrainingLog, type TrainingLog } from "./training-log.ts";

/** What lies in a model's folder, as the page shows it. Read when the site is built, so none of it is fetched by the reader. */
export interface ModelFolder {
  readonly config: ModelConfig;
  /** Element types of the weights, such as `F16`, those of the most numbers first. */
  readonly dtypes: readonly string[];
  /** Null where the run was not recorded. */
  readonly log: TrainingLog | null;
  /** Null where the model was not measured. */
  readonly evaluation: Evaluation | null;
  /** Null where no conversations were kept. */
  readonly conversations: Conversations | null;
  /** The card in Markdown; null where there is none yet. */
  readonly card: { readonly markdown: string; readonly bytes: number } | null;
}

/** @throws EngineError `bad-file` and as `parseConfig`, naming the file: the build fails rather than show half a model */
export async function readFolder({ id, files }: ManifestEntry): Promise<ModelFolder> {
  const weights = files.find(({ path }) => path === "model.safetensors")?.sha256 ?? "";
  const at = (path: string): URL => new URL(`models/${id}/${path}`, publicDir);
  const optional = async (path: string): Promise<Buffer | null> => (existsSync(at(path)) ? readFile(at(path)) : null);
  const json = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
  const [config, log, evaluation, conversations, card] = await Promise.all([
    readFile(at("config.json")),
    optional("training-log.json"),
    optional("evaluation.json"),
    optional("conversations.json"),
    optional("README.md"),
  ]);
  return {
    config: parseConfig(json(config), `${id}/config.json`),
    dtypes: await readDtypes(at("model.safetensors")),
    log: log && parseTrainingLog(json(log), `${id}/training-log.json`),
    evaluation: evaluation && keyFigures(json(evaluation), `${id}/evaluation.json`),
    conversations: conversations && parseConversations(json(conversations), `${id}/conversations.json`, weights),
    card: card && { markdown: card.toString(), bytes: card.length },
  };
}

async function readDtypes(weights: URL): Promise<string[]> {
  const file = await open(weights);
  try {
    const { size } = await file.stat();
    const prefix = new Uint8Array(PREFIX_BYTES);
    await file.read(prefix, 0, PREFIX_BYTES, 0);
    const header = new Uint8Array(headerBytes(prefix, weights.pathname));
    await file.read(header, 0, header.length, PREFIX_BYTES);
    const tensors = parseHeader(header, size - PREFIX_BYTES - header.length, weights.pathname);
    const numbers = new Map<string, number>();
    for (const { dtype, shape } of tensors) {
      numbers.set(dtype, (numbers.get(dtype) ?? 0) + shape.reduce((product, length) => product * length, 1));
    }
    return [...numbers].sort(([, a], [, b]) => b - a).map(([dtype]) => dtype);
  } finally {
    await file.close();
  }
}
