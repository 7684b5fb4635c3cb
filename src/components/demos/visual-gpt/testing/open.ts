import { readFile } from "node:fs/promises";
import { openNodeEngine } from "../../../../engine/node-engine.ts";
import type { WorkContext } from "../../../kit/figure/types.ts";
import { readableVocabulary } from "../../../subjects/own-model/readable.ts";

/** What a run of this chapter's demos is given, on the CPU in Node. */
export async function openContext(): Promise<WorkContext> {
  const engine = await openNodeEngine("public/models");
  return { engine, model: await engine.load("gpt-zh"), signal: new AbortController().signal };
}

/** The same where the reader has opened a folder: a tiny GPT-2 with byte-level BPE, one block, two heads, 32 positions; and the site's BERT. */
export async function openOwn(folder = "src/engine/testdata/folders/gpt2"): Promise<WorkContext<"model" | "bert">> {
  const engine = await openNodeEngine("public/models");
  const names = ["config.json", "tokenizer.json", "model.safetensors"];
  const files = await Promise.all(names.map(async (name) => new File([await readFile(`${folder}/${name}`)], name)));
  const loaded = await engine.open(files);
  const model = { ...loaded, vocabulary: await readableVocabulary(loaded) };
  return { engine, model, bert: await engine.load("bert-zh"), signal: new AbortController().signal };
}
