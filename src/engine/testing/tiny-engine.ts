import { createCpuBackend } from "../backends/cpu/cpu.ts";
import type { EngineClient } from "../client.ts";
import { parseModelFiles } from "../files/loader.ts";
import { Bert } from "../models/bert.ts";
import { readText } from "../models/bert-reading.ts";
import { loadFixture } from "./load.ts";

const FOLDER = "src/engine/testdata/folders/bert";

/** A whole BERT, tokenizer included, of one layer, two heads of eight, and English word pieces: the engine itself, without its worker. */
export async function openTinyEngine(): Promise<{
  readonly engine: Pick<EngineClient, "encode" | "read">;
  readonly contextLength: number;
  readonly weights: ArrayBuffer;
}> {
  const { config, tokenizer, tensors } = await parseModelFiles((path) => loadFixture(`${FOLDER}/${path}`));
  if (config.architecture !== "bert") throw new Error("The fixture is no BERT.");
  const model = Bert.open(await createCpuBackend(), config, tensors);
  return {
    engine: {
      encode: async (_, text, second) => tokenizer.encode(text, second),
      read: async (_, text, options) => readText(model, text, options),
    },
    contextLength: config.contextLength,
    weights: await loadFixture(`${FOLDER}/model.safetensors`),
  };
}
