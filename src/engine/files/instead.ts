import type { ModelFolder } from "./folder.ts";

const ADAPTER =
  "这是适配器（LoRA 之类），先在 Python 里用 merge_and_unload() 和它的底座合成一个模型，再 save_pretrained(文件夹)";
const TOKENIZER = "用 Python 写出 tokenizer.json：AutoTokenizer.from_pretrained(文件夹).save_pretrained(文件夹)";
const WEIGHTS =
  "这种格式这里不读，用 Python 换成 safetensors：config.json 的 architectures 里写的那个类，from_pretrained(文件夹)，再 save_pretrained(文件夹)";

/** What folders have in the place of a file that the engine needs, and what helps. */
const INSTEAD: readonly (readonly [missing: string, found: string, advice: string])[] = [
  ["config.json", "adapter_config.json", ADAPTER],
  ["tokenizer.json", "vocab.txt", TOKENIZER],
  ["tokenizer.json", "vocab.json", TOKENIZER],
  ["tokenizer.json", "spiece.model", TOKENIZER],
  ["tokenizer.json", "tokenizer.model", TOKENIZER],
  ["tokenizer.json", "sentencepiece.bpe.model", TOKENIZER],
  ["model.safetensors", "pytorch_model.bin", WEIGHTS],
  ["model.safetensors", "pytorch_model.bin.index.json", WEIGHTS],
  ["model.safetensors", "tf_model.h5", WEIGHTS],
  ["model.safetensors", "flax_model.msgpack", WEIGHTS],
];

/**
 * What is said of a folder that lacks files: which, and, where something else is there in their place, how to make them of it.
 * @throws EngineError as `ModelFolder.stat`
 */
export async function describeMissing(
  folder: ModelFolder,
  missing: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const found: string[] = [];
  for (const name of missing) {
    for (const [, instead, advice] of INSTEAD.filter(([file]) => file === name)) {
      if (!(await folder.stat(instead, signal))) continue;
      found.push(`；有 ${instead}：${advice}`);
      break;
    }
  }
  return `缺少 ${missing.join("、")}${found.join("")}`;
}
