import { createCpuBackend } from "../backends/cpu/cpu.ts";
import type { EncodedText, Tokenizer } from "../files/tokenizer.ts";
import { Bert } from "../models/bert.ts";
import { type Reading, type ReadingOptions, readText, readTexts, type TextToRead } from "../models/bert-reading.ts";
import { readModel } from "../node.ts";

/** bert-zh in Node, with the calls that the demos make of the engine. */
export interface BertInNode {
  readonly tokenizer: Tokenizer;
  /** The spelling of every id. */
  readonly vocabulary: readonly string[];
  readonly contextLength: number;
  read(text: EncodedText, options?: ReadingOptions): Promise<Reading>;
  readTexts(texts: readonly TextToRead[]): Promise<Reading[]>;
  dispose(): void;
}

/** Opens the shipped model on the CPU backend. Errors as `readModel`. */
export async function openBertZh(): Promise<BertInNode> {
  const { config, tokenizer, tensors } = await readModel("public/models/bert-zh");
  if (config.architecture !== "bert") throw new Error("bert-zh is a BERT.");
  const backend = await createCpuBackend();
  const model = Bert.open(backend, config, tensors);
  return {
    tokenizer,
    vocabulary: Array.from({ length: tokenizer.size }, (_, id) => tokenizer.token(id)),
    contextLength: config.contextLength,
    read: (text, options) => readText(model, text, options),
    readTexts: (texts) => readTexts(model, texts),
    dispose: () => backend.dispose(),
  };
}
