import { createCpuBackend } from "../../../../engine/backends/cpu/cpu.ts";
import { Bert } from "../../../../engine/models/bert.ts";
import { readText } from "../../../../engine/models/bert-reading.ts";
import { parseModelFiles } from "../../../../engine/models/loader.ts";
import { loadFixture } from "../../../../engine/testdata/load.ts";
import type { takeSnapshot } from "../snapshot.ts";

const FOLDER = "src/engine/testdata/folders/bert";

/** A whole BERT, tokenizer included, of one layer, two heads of eight, and English word pieces: the engine itself, without its worker. */
export async function openTinyEngine(): Promise<{
  readonly engine: Parameters<typeof takeSnapshot>[0];
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
