import { wholeOf } from "../backends/storage.ts";
import { Tape } from "../tensor/tape.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import type { T5 } from "./t5.ts";
import { toInt32 } from "./token-batch.ts";

/** What a T5 makes of a text and of what is written about it so far. */
export interface PairReading {
  /** [target tokens, vocabularySize]: of what follows each of them. */
  readonly logits: HostTensor;
  /** Without the axis of the batch. */
  readonly traces: Map<string, HostTensor>;
}

/**
 * Reads a source, and a target as the decoder does (teacher forcing): everything at once, no cache.
 *
 * @param target from the start token on
 * @param names intermediates to return, as of `Trace`
 * @throws EngineError `bad-input`, also for a pattern that matches no name
 */
export async function readPair(
  model: T5,
  source: readonly number[],
  target: readonly number[],
  names: readonly string[] = [],
): Promise<PairReading> {
  const trace = new Trace(names, model.traceNames);
  const tape = new Tape(model.backend, "off");
  try {
    const memory = model.encode(tape, { ids: toInt32(source), batch: 1 }, trace);
    const logits = model.decode(tape, memory, { ids: toInt32(target), batch: 1 }, trace);
    const [data, ...rest] = await model.backend.read([wholeOf(logits.storage), ...trace.spans]);
    const traces = [...trace.tensors(rest)].map(
      ([name, { shape, data }]) => [name, { shape: shape.slice(1), data }] as const,
    );
    return { logits: { shape: logits.shape.slice(1), data: data! }, traces: new Map(traces) };
  } finally {
    tape.dispose();
  }
}
