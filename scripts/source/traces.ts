import type { Backend } from "../../src/engine/backends/backend.ts";
import { createCpuBackend } from "../../src/engine/backends/cpu/cpu.ts";
import { Bert } from "../../src/engine/models/bert.ts";
import { Gpt2 } from "../../src/engine/models/gpt2.ts";
import { LstmLanguageModel } from "../../src/engine/models/lstm-lm.ts";
import { LstmSeq2Seq } from "../../src/engine/models/lstm-seq2seq.ts";
import type { Seq2Seq } from "../../src/engine/models/seq2seq.ts";
import type { TokenBatch } from "../../src/engine/models/token-batch.ts";
import { TransformerSeq2Seq } from "../../src/engine/models/transformer-seq2seq.ts";
import { newWeights } from "../../src/engine/nn/weights.ts";
import { Random } from "../../src/engine/random.ts";
import { Scope } from "../../src/engine/tensor/scope.ts";
import { Tape } from "../../src/engine/tensor/tape.ts";
import { Trace } from "../../src/engine/tensor/trace.ts";

/** The line of the engine that shows an intermediate to a trace. */
export interface TraceLine {
  /** As the page of the file, `engine/nn/attention.ts`. */
  readonly path: string;
  readonly line: number;
}

/** The traces of one kind of model. */
export interface ModelTraces {
  readonly model: string;
  /** By name, with `*` for the number of a layer. */
  readonly lines: ReadonlyMap<string, TraceLine>;
  /** All that the model says it can show, named the same way. */
  readonly promised: ReadonlySet<string>;
}

/** What only hands a trace on: the line that counts is the one that called it. */
const HANDED_ON = /\/(tensor\/trace|nn\/watch|models\/gpt2-trace)\.ts$/;

/** Wants everything, and notes who shows it. */
class TraceRecorder extends Trace {
  readonly lines = new Map<string, TraceLine>();

  constructor() {
    super([], []);
  }

  override wants(): boolean {
    return true;
  }

  override add(name: string): void {
    const calls = [...(new Error().stack ?? "").matchAll(/\/src\/(engine\/[^\s():?]+\.ts)(?:\?[^:]*)?:(\d+)/g)];
    const [, path, line] = calls.find(([, file = ""]) => !HANDED_ON.test(file)) ?? [];
    if (!path) throw new Error(`Nobody in the engine seems to show ${name}`);
    this.lines.set(withoutLayer(name), { path, line: Number(line) });
  }
}

/** `blocks.*.attn.pattern` for `blocks.3.attn.pattern`. */
function withoutLayer(name: string): string {
  return name.replace(/(?<=^|\.)\d+(?=\.|$)/g, "*");
}

const SIZES = { vocabularySize: 4, width: 4, innerWidth: 4, heads: 1, layers: 1, epsilon: 1e-5 } as const;
const BATCH: TokenBatch = { ids: Int32Array.of(1, 2), batch: 1 };

interface Watched {
  readonly model: { readonly traceNames: readonly string[] };
  run(trace: Trace): void;
}

/** The smallest model of each kind that the engine has, and a pass through it. */
const MODELS: Readonly<Record<string, (backend: Backend) => Watched>> = {
  "GPT-2": (backend) => {
    const sizes = { ...SIZES, contextLength: 2, tiedHead: true, endIds: [] };
    const config = { ...sizes, architecture: "gpt2", activation: "geluTanh" } as const;
    const model = Gpt2.create(backend, config, new Random(1));
    const scope = new Scope(backend);
    const cache = { keys: scope.zeros(2 * SIZES.width), values: scope.zeros(2 * SIZES.width) };
    const places = { positions: Int32Array.of(0, 1), slots: Int32Array.of(0, 1), spans: Int32Array.of(1, 2) };
    const batch = { ids: BATCH.ids, ...places, paths: Int32Array.of(0, 0, 0, 1), pathStride: 2, wanted: null };
    return { model, run: (trace) => model.forward(scope, [cache], batch, trace) };
  },
  BERT: (backend) => {
    const sizes = { ...SIZES, contextLength: 2, segments: 2, tiedHead: true, classNames: [] };
    const heads = { pooler: true, maskedLm: false, nextSentence: false, classes: 2 };
    const config = { ...sizes, architecture: "bert", activation: "gelu" } as const;
    const model = Bert.create(backend, config, heads, new Random(1));
    return { model, run: (trace) => model.forward(new Tape(backend, "off"), BATCH, trace) };
  },
  LSTM: (backend) => {
    const model = new LstmLanguageModel(backend, { ...SIZES, embeddingWidth: 4 }, newWeights(new Random(1)));
    return { model, run: (trace) => model.forward(new Tape(backend, "off"), BATCH, { trace }) };
  },
  "LSTM 编码器–解码器": (backend) => {
    const sizes = { ...SIZES, sourceVocabularySize: 4, targetVocabularySize: 4, embeddingWidth: 4 };
    return translator(new LstmSeq2Seq(backend, sizes, newWeights(new Random(1))));
  },
  Transformer: (backend) => {
    const sizes = { ...SIZES, encoderLayers: 1, decoderLayers: 1, activation: "relu" } as const;
    return translator(new TransformerSeq2Seq(backend, sizes, newWeights(new Random(1))));
  },
};

function translator<Source>(model: Seq2Seq<Source>): Watched {
  return {
    model,
    run: (trace) => {
      const tape = new Tape(model.backend, "off");
      model.decode(tape, model.encode(tape, BATCH, trace), BATCH, trace);
    },
  };
}

/** Runs every kind of model once, on the CPU, and sees where it shows what. */
export async function readTraces(): Promise<ModelTraces[]> {
  const backend = await createCpuBackend();
  try {
    return Object.entries(MODELS).map(([name, create]) => {
      const { model, run } = create(backend);
      const recorder = new TraceRecorder();
      run(recorder);
      return { model: name, lines: recorder.lines, promised: new Set(model.traceNames.map(withoutLayer)) };
    });
  } finally {
    backend.dispose();
  }
}
