import { env, pipeline, Tensor } from "@huggingface/transformers";
import { EngineError } from "../errors.ts";
import type { PipelinePlan } from "./report.ts";

/** What a pipeline works on: a text, several, or a question and the text that answers it. */
export type PipelineInput = string | readonly string[] | { readonly question: string; readonly context: string };

/** Settings of a task, as Transformers.js names them: `src_lang`, `max_new_tokens`, `top_k`, … */
export type PipelineOptions = Readonly<Record<string, string | number | boolean>>;

/** A model that Transformers.js runs. */
export interface PipelineModel {
  /** What it does, in the words of Transformers.js: `text-classification`, `translation`, … */
  readonly task: string;
  /** The task's own result, as plain data; tensors are `{ shape, data }`. @throws EngineError `bad-input` */
  run(input: PipelineInput, options?: PipelineOptions): Promise<unknown>;
  dispose(): Promise<void>;
}

/** A host that exists nowhere: what is asked of it is answered from memory. */
const HOST = "https://folder.invalid/";

/** Folders that are being opened, by the name under which Transformers.js asks for their files. */
const open = new Map<string, ReadonlyMap<string, ArrayBuffer>>();
let count = 0;

/**
 * Opens a model from files that are already here. Transformers.js fetches nothing: what it asks for and is not among them does not exist.
 *
 * @param files by their paths in the folder
 * @param runtime the WebAssembly of ONNX Runtime
 * @throws EngineError `bad-file`: the files are not what they should be, or ONNX Runtime cannot run them
 */
export async function openPipeline(
  { task, dtype }: PipelinePlan,
  files: ReadonlyMap<string, ArrayBuffer>,
  runtime: ArrayBuffer,
): Promise<PipelineModel> {
  useMemoryOnly(runtime);
  const name = `model-${++count}`;
  open.set(name, files);
  try {
    const run = await createPipeline(task, name, dtype);
    return {
      task,
      async run(input, options = {}) {
        const args = typeof input === "object" && "question" in input ? [input.question, input.context] : [input];
        try {
          return toPlain(await run(...args, options));
        } catch (error) {
          throw new EngineError("bad-input", messageOf(error), { cause: error });
        }
      },
      dispose: () => run.dispose(),
    };
  } catch (error) {
    throw new EngineError("bad-file", messageOf(error), { cause: error });
  } finally {
    open.delete(name);
  }
}

/** What all pipelines have in common; their own types differ in what they take and give. */
interface AnyPipeline {
  (...args: readonly unknown[]): Promise<unknown>;
  dispose(): Promise<void>;
}

async function createPipeline(task: string, name: string, dtype: PipelinePlan["dtype"]): Promise<AnyPipeline> {
  const create: (task: never, name: string, options: object) => Promise<unknown> = pipeline;
  return (await create(task as never, name, { dtype, device: "wasm" })) as AnyPipeline;
}

function useMemoryOnly(runtime: ArrayBuffer): void {
  env.allowLocalModels = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.remoteHost = HOST;
  env.fetch = async (input) => {
    const [, name = "", path = ""] =
      /^https:\/\/folder\.invalid\/([^/]+)\/resolve\/main\/(.+)$/.exec(String(input)) ?? [];
    const bytes = open.get(name)?.get(path);
    return bytes ? new Response(bytes) : new Response(null, { status: 404 });
  };
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new EngineError("internal", "ONNX Runtime has no WebAssembly backend");
  wasm.wasmBinary = runtime;
  // Else it would look for its script on a CDN.
  wasm.wasmPaths = {};
  wasm.numThreads = 1;
}

/** Data that can be sent to another thread. */
function toPlain(value: unknown): unknown {
  if (value instanceof Tensor) return { shape: value.dims, data: value.data };
  if (Array.isArray(value)) return value.map(toPlain);
  return value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
