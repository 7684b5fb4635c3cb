import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backend } from "./backends/backend.ts";
import { createCpuBackend } from "./backends/cpu/cpu.ts";
import { wholeOf } from "./backends/storage.ts";
import type { BertConfig, Gpt2Config } from "./files/config.ts";
import { type ParsedModel, parseModelFiles } from "./files/loader.ts";
import type { T5Config } from "./files/t5-config.ts";
import type { Tokenizer } from "./files/tokenizer.ts";
import { Bert } from "./models/bert.ts";
import { Gpt2 } from "./models/gpt2.ts";
import { Gpt2Tree } from "./models/gpt2-tree.ts";
import { T5 } from "./models/t5.ts";
import { type PairReading, readPair } from "./models/t5-reading.ts";
import { T5Tree } from "./models/t5-tree.ts";
import type { TokenTree } from "./models/token-tree.ts";
import { Tape } from "./tensor/tape.ts";
import { type HostTensor, Trace } from "./tensor/trace.ts";

export interface ForwardOptions {
  /** Names of intermediates to return, TransformerLens style, `*` for one part: `["blocks.*.attn.pattern"]`. */
  readonly trace?: readonly string[];
}

/** A model opened in Node, on the CPU backend: the same engine that runs in the browser. */
export type NodeModel = NodeGpt2 | NodeBert | NodeT5;

interface Opened {
  readonly tokenizer: Tokenizer;
  /** Every name that a trace may ask for. */
  readonly traceNames: readonly string[];
  dispose(): void;
}

export interface NodeGpt2 extends Opened {
  readonly architecture: "gpt2";
  readonly config: Gpt2Config;
  /** Next-token logits at every position, [tokens, vocabularySize]. @throws EngineError `bad-input` */
  forward(
    ids: readonly number[],
    options?: ForwardOptions,
  ): Promise<{ readonly logits: HostTensor; readonly traces: ReadonlyMap<string, HostTensor> }>;
  /** An empty tree, for the decoders. */
  tree(): TokenTree;
}

export interface NodeBert extends Opened {
  readonly architecture: "bert";
  readonly config: BertConfig;
  /**
   * The last hidden states, [tokens, width]; and where the model has the head, what may stand at every position, [tokens, vocabularySize].
   * `segments`: 0 for the tokens of the first sentence, 1 for those of the second; all 0 where it is left out. @throws EngineError `bad-input`
   */
  forward(
    ids: readonly number[],
    options?: ForwardOptions & { readonly segments?: readonly number[] },
  ): Promise<{
    readonly hidden: HostTensor;
    readonly logits: HostTensor | null;
    readonly traces: ReadonlyMap<string, HostTensor>;
  }>;
}

export interface NodeT5 extends Opened {
  readonly architecture: "t5";
  readonly config: T5Config;
  /** Next-token logits behind every token of the target, [tokens, vocabularySize], which begins with `config.startId`. @throws EngineError `bad-input` */
  forward(source: readonly number[], target: readonly number[], options?: ForwardOptions): Promise<PairReading>;
  /** An empty tree of what is written about a source, for the decoders. @throws EngineError `bad-input` */
  tree(source: readonly number[]): TokenTree;
}

/** The files of a Hugging Face folder, parsed: what experiments begin with. Errors as in `openModel`. */
export function readModel(folder: string): Promise<ParsedModel> {
  return parseModelFiles(async (path) => {
    const bytes = await readFile(join(folder, path));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  });
}

// #region open
/**
 * Opens a Hugging Face folder (config.json, tokenizer.json, model.safetensors).
 * @throws EngineError as `parseModelFiles`, `Gpt2.open`, `Bert.open` and `T5.open`; a file that is missing is the error of `node:fs`
 */
export async function openModel(folder: string): Promise<NodeModel> {
  const { config, tokenizer, tensors } = await readModel(folder);
  const backend = await createCpuBackend();
  switch (config.architecture) {
    case "gpt2":
      return openGpt2(backend, config, tokenizer, tensors);
    case "bert":
      return openBert(backend, config, tokenizer, tensors);
    case "t5":
      return openT5(backend, config, tokenizer, tensors);
  }
}

function openGpt2(
  backend: Backend,
  config: Gpt2Config,
  tokenizer: Tokenizer,
  tensors: ParsedModel["tensors"],
): NodeGpt2 {
  const model = Gpt2.open(backend, config, tensors);
  return {
    architecture: "gpt2",
    config,
    tokenizer,
    traceNames: model.traceNames,
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

function openBert(
  backend: Backend,
  config: BertConfig,
  tokenizer: Tokenizer,
  tensors: ParsedModel["tensors"],
): NodeBert {
  const model = Bert.open(backend, config, tensors);
  return {
    architecture: "bert",
    config,
    tokenizer,
    traceNames: model.traceNames,
    dispose: () => backend.dispose(),
    async forward(ids, { trace: names = [], segments } = {}) {
      const trace = new Trace(names, model.traceNames);
      const tape = new Tape(backend, "off");
      try {
        const batch = { ids: Int32Array.from(ids), batch: 1 };
        const output = model.forward(tape, segments ? { ...batch, segments: Int32Array.from(segments) } : batch, trace);
        const everywhere = Int32Array.from(ids.keys());
        const logits = model.heads.maskedLm ? model.tokenLogits(tape, output, everywhere) : null;
        const results = [output.hidden, ...(logits ? [logits] : [])];
        const data = await backend.read([...results.map(({ storage }) => wholeOf(storage)), ...trace.spans]);
        return {
          hidden: { shape: [ids.length, config.width], data: data[0]! },
          logits: logits && { shape: logits.shape, data: data[1]! },
          traces: withoutBatch(trace.tensors(data.slice(results.length))),
        };
      } finally {
        tape.dispose();
      }
    },
  };
}

function openT5(backend: Backend, config: T5Config, tokenizer: Tokenizer, tensors: ParsedModel["tensors"]): NodeT5 {
  const model = T5.open(backend, config, tensors);
  return {
    architecture: "t5",
    config,
    tokenizer,
    traceNames: model.traceNames,
    tree: (source) => new T5Tree(model, source),
    dispose: () => backend.dispose(),
    forward: (source, target, { trace = [] } = {}) => readPair(model, source, target, trace),
  };
}

/** The traces of a batch of one text, without the axis of the batch. */
function withoutBatch(traces: ReadonlyMap<string, HostTensor>): Map<string, HostTensor> {
  return new Map([...traces].map(([name, { shape, data }]) => [name, { shape: shape.slice(1), data }]));
}
