import type { BackendKind } from "../src/engine/backends/backend.ts";

/** What a library may do beyond plain decoding: bring back the attention weights of all layers with the logits, or run 8-bit weights. */
export type Variant = "plain" | "traced" | "i8";

export interface DecodeOptions {
  /** How many sequences decode at once. */
  readonly batch: number;
  readonly steps: number;
  readonly variant: Variant;
}

/** What decoding gave: the tokens show that all libraries do the same work. */
export interface Decoded {
  /** [steps][batch] */
  readonly tokens: number[][];
  /** One entry per step. */
  readonly milliseconds: number[];
}

export interface Trained {
  /** Loss before each step, in nats. */
  readonly losses: number[];
  readonly milliseconds: number[];
}

/**
 * What the bench asks of every library. Each runs in a dedicated worker of its own page, as the site's engine does, and is driven by its
 * own code there, without a message per token. A step ends when its logits are on the host.
 */
export interface Subject {
  /** Fetches everything and builds the model. @param models address of the folder of the models */
  load(models: string, backend: BackendKind): Promise<void>;
  /** Milliseconds from the prompt to the logits of its last token, in an empty cache. */
  prefill(prompt: readonly number[]): Promise<number>;
  /** Greedy decoding after the prompt; sequence i of the batch begins with the i-th most probable token, so that all differ. */
  decode(prompt: readonly number[], options: DecodeOptions): Promise<Decoded>;
  /** Training steps on [batch][tokens + 1] ids: every token but the last predicts its next one. Null: the library cannot train. */
  train(batch: readonly (readonly number[])[], steps: number): Promise<Trained | null>;
}

/** AdamW as all that can train run it: PyTorch's defaults, gradients clipped to norm 1. */
export const ADAMW = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  maxNorm: 1,
} as const;

/** Index of the largest number. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

/** Indices of the `count` largest numbers, the largest first. */
export function largest(logits: Float32Array, count: number): number[] {
  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]!);
  return order.slice(0, count);
}
