import type { BackendKind } from "../src/engine/backends/backend.ts";

/** What a library may do beyond plain decoding: bring back the attention weights of all layers with the logits, or keep its weights in f32 or 8 bits. */
export type Variant = "plain" | "traced" | "f32" | "i8";

export interface DecodeOptions {
  /** How many sequences decode at once. */
  readonly batch: number;
  readonly steps: number;
  readonly variant: Variant;
  /** Stop early after so long, though not before three steps: what takes seconds a token need not be waited for. */
  readonly milliseconds: number;
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
  /** Greedy decoding after the prompt, from `firstTokens`. */
  decode(prompt: readonly number[], options: DecodeOptions): Promise<Decoded>;
  /** Training steps on [batch][tokens + 1] ids: every token but the last predicts its next one. Null: the library cannot train. */
  train(batch: readonly (readonly number[])[], steps: number): Promise<Trained | null>;
}

/** Begins the title of a page that has its first token; behind it stand the milliseconds, or what went wrong. A title can be read without a debugger. */
export const COLD_START = "cold start: ";

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

/** The first token of each sequence: the most probable one, then any others, so that all sequences differ. */
export function firstTokens(logits: Float32Array, batch: number): number[] {
  return Array.from({ length: batch }, (_, i) => (i === 0 ? argmax(logits) : 100 * i));
}

/** Whether decoding goes on for another step. */
export function goesOn({ milliseconds }: Decoded, options: DecodeOptions): boolean {
  const spent = milliseconds.reduce((sum, step) => sum + step, 0);
  return milliseconds.length < options.steps && (milliseconds.length < 3 || spent < options.milliseconds);
}
