import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { Gpt2 } from "./models/gpt2.ts";
import { Gpt2Tree } from "./models/gpt2-tree.ts";
import { type ModelFiles, parseModelFiles } from "./models/loader.ts";
import type { TokenTree } from "./models/token-tree.ts";
import type { HostTensor } from "./tensor/trace.ts";

export interface ForwardOptions {
  /** Names of intermediates to return, TransformerLens style, `*` for one part: `["blocks.*.attn.pattern"]`. */
  readonly trace?: readonly string[];
}

export interface ForwardResult {
  /** [tokens, vocabularySize] */
  readonly logits: HostTensor;
  readonly traces: ReadonlyMap<string, HostTensor>;
}

/** A model opened in Node, on the CPU backend: the same engine that runs in the browser. */
export interface NodeModel extends Pick<ModelFiles, "config" | "tokenizer"> {
  /** Logits at every position. @throws EngineError `bad-input` */
  forward(ids: readonly number[], options?: ForwardOptions): Promise<ForwardResult>;
  /** An empty tree, for the decoders. */
  tree(): TokenTree;
  dispose(): void;
}

// #region open
/**
 * Opens a Hugging Face folder (config.json, tokenizer.json, model.safetensors).
 * @throws EngineError `bad-file`, `truncated` or `unsupported-model`; a file that is missing is the error of `node:fs`
 */
export async function openModel(folder: string): Promise<NodeModel> {
  const { config, tokenizer, tensors } = await parseModelFiles(async (path) => {
    const bytes = await readFile(join(folder, path));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  });
  const backend = await createCpuBackend();
  const model = Gpt2.open(backend, config, tensors);
  return {
    config,
    tokenizer,
    tree: () => new Gpt2Tree(model),
    dispose: () => backend.dispose(),
    async forward(ids, { trace = [] } = {}) {
      const tree = new Gpt2Tree(model);
      try {
        const { steps, traces } = await tree.inspect(null, ids, trace);
        const size = config.vocabularySize;
        const data = new Float32Array(ids.length * size);
        steps.forEach((step, i) => {
          data.set(step.logits, i * size);
        });
        return { logits: { shape: [ids.length, size], data }, traces };
      } finally {
        tree.dispose();
      }
    },
  };
}
// #endregion
