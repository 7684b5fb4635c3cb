import { type Gpt2Config, parseConfig } from "../src/engine/files/config.ts";
import { parseSafetensors, type TensorView } from "../src/engine/files/safetensors.ts";
import { Tokenizer } from "../src/engine/files/tokenizer.ts";

/** A model's folder, fetched and parsed; the tokenizer is built, too, because a page that takes text needs it. */
export async function fetchModel(folder: string): Promise<{
  config: Gpt2Config;
  tensors: ReadonlyMap<string, TensorView>;
  tokenizer: Tokenizer;
}> {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(new URL(path, folder));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const [config, tokenizer, tensors] = await Promise.all([
    get("config.json").then(async (response) => gpt2Config(await response.json())),
    get("tokenizer.json").then(async (response) => new Tokenizer(await response.json())),
    get("model.safetensors").then(async (response) => parseSafetensors(await response.arrayBuffer())),
  ]);
  return { config, tensors, tokenizer };
}

/** Takes the contents of a `config.json`, of a GPT-2. */
export function gpt2Config(json: unknown): Gpt2Config {
  const config = parseConfig(json);
  if (config.architecture !== "gpt2") throw new Error(`a ${config.architecture}, not a GPT-2`);
  return config;
}
