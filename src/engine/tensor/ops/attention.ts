import { EngineError } from "../../errors.ts";
import { matrixOf, sizeOf, type Tape, type Tensor } from "../tape.ts";
import { gradientOrScratch } from "./gradient-or-scratch.ts";

export interface AttentionOptions {
  /** Number of sequences. */
  readonly batch: number;
  readonly heads: number;
  /** What the scores are multiplied by; 1/√headWidth where it is left out. */
  readonly scale?: number | undefined;
  /** Query i sees no key behind i. */
  readonly causal: boolean;
  /** [batch]: keys from there on are padding. All keys count where it is left out. */
  readonly lengths?: Int32Array;
  /** Added to the scores, which it stops from being scaled: [heads, queries, keys], as in T5 (Raffel et al. 2020). */
  readonly bias?: Tensor;
}

/**
 * Scaled dot-product attention of whole sequences, in several heads (Vaswani et al. 2017): softmax(q kᵀ · scale + bias) v.
 *
 * @param q [batch · queries, width]
 * @param k [batch · keys, width]
 * @param v [batch · keys, width]
 * @returns `mixed` [batch · queries, width], the heads side by side; `pattern` [batch, heads, queries, keys], the weights, for the eye:
 *   it has no gradient
 */
export function attention(
  tape: Tape,
  q: Tensor,
  k: Tensor,
  v: Tensor,
  { batch, heads, scale, causal, lengths, bias }: AttentionOptions,
): { mixed: Tensor; pattern: Tensor } {
  const { backend } = tape;
  const { rows, width } = matrixOf(q);
  const [queries, keys] = [rows / batch, matrixOf(k).rows / batch];
  const fits = k.shape.at(-1) === width && v.shape.join() === k.shape.join() && width % heads === 0;
  if (!fits || !Number.isInteger(queries) || !Number.isInteger(keys)) {
    const shapes = [q, k, v].map(({ shape }) => `[${shape}]`).join(", ");
    throw new EngineError("internal", `attention: ${shapes}, batch of ${batch}, ${heads} heads`);
  }

  const biased = bias !== undefined;
  const shape = { batch, queries, keys, heads, headWidth: width / heads, scale, causal, biased };
  const mixed = tape.result(q.shape, bias ? [q, k, v, bias] : [q, k, v]);
  const pattern = tape.result([batch, heads, queries, keys], []);
  if (bias) placeBias(tape, pattern, bias);
  const placedLengths = tape.indices(lengths ?? new Int32Array(batch).fill(keys));
  backend.batchAttention(mixed.storage, pattern.storage, q.storage, k.storage, v.storage, placedLengths, shape);
  tape.record(mixed, (dy) => {
    const [dq, dk, dv] = [gradientOrScratch(tape, q), gradientOrScratch(tape, k), gradientOrScratch(tape, v)];
    const dbias = bias?.gradient ?? null;
    backend.batchAttentionGradient(dq, dk, dv, q.storage, k.storage, v.storage, pattern.storage, dy, shape, dbias);
  });
  return { mixed, pattern };
}

/** Puts the bias where the scores of every sequence are going to be added to it. */
function placeBias(tape: Tape, { storage, shape }: Tensor, bias: Tensor): void {
  const [batch = 0, ...own] = shape;
  if (bias.shape.join() !== own.join()) throw new EngineError("internal", `a bias [${bias.shape}] for [${shape}]`);
  tape.backend.gather(storage, bias.storage, tape.indices(new Int32Array(batch)), batch, sizeOf(own));
}
