import type { Backend } from "../backends/backend.ts";
import { parseSafetensors, type TensorView, toFloat32 } from "../files/safetensors.ts";
import { takeTensor } from "../files/take-tensor.ts";
import type { WeightSource } from "../nn/weights.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import { type HostTensor, NO_TRACE, Trace } from "../tensor/trace.ts";
import { loadFixture } from "./load.ts";
import type { Batch } from "./training-run.ts";

/** What `training/fixtures_models.py` wrote of one model: how its training run begins, and what its first weights make of the first batch. */
export interface ModelFixture {
  readonly config: unknown;
  readonly batch: Batch;
  readonly weights: ReadonlyMap<string, TensorView>;
  /** An output by name. */
  floats(key: string): Float32Array;
}

export async function openModelFixture(name: string): Promise<ModelFixture> {
  const [run, start, outputs] = await Promise.all(
    ["training", "training", "models"].map((folder, i) =>
      loadFixture(`src/engine/testdata/${folder}/${name}.${i === 0 ? "json" : "safetensors"}`),
    ),
  );
  const { config, batches } = JSON.parse(new TextDecoder().decode(run)) as { config: unknown; batches: Batch[] };
  const prefix = "weight.";
  const weights = [...parseSafetensors(start!)].filter(([key]) => key.startsWith(prefix));
  const tensors = parseSafetensors(outputs!);
  const output = (key: string): TensorView => {
    const view = tensors.get(key);
    if (!view) throw new Error(`The fixture has no ${key}.`);
    return view;
  };
  return {
    config,
    batch: batches[0]!,
    weights: new Map(
      weights.map(([key, view]) => [key.slice(prefix.length), { ...view, name: key.slice(prefix.length) }]),
    ),
    floats: (key) => toFloat32(output(key)),
  };
}

/** Takes weights by name from a fixture's file. */
export function fromTensors(tensors: ReadonlyMap<string, TensorView>): WeightSource {
  return (name, shape) => takeTensor(tensors, name, shape);
}

/** Runs something on a tape without gradients, and reads what it returns and what it traces. */
export async function compute(
  backend: Backend,
  work: (tape: Tape, trace: Trace) => readonly Tensor[],
  { names, wanted }: { readonly names: readonly string[]; readonly wanted: readonly string[] } = {
    names: [],
    wanted: [],
  },
): Promise<{ outputs: Float32Array[]; traces: Map<string, HostTensor> }> {
  const tape = new Tape(backend, "off");
  const trace = wanted.length > 0 ? new Trace(wanted, names) : NO_TRACE;
  try {
    const spans = work(tape, trace).map(({ storage }) => ({ storage, offset: 0, length: storage.length }));
    const read = await backend.read([...spans, ...trace.spans]);
    return { outputs: read.slice(0, spans.length), traces: trace.tensors(read.slice(spans.length)) };
  } finally {
    tape.dispose();
  }
}
