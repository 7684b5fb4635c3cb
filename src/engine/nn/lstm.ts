import { add } from "../tensor/ops/elementwise.ts";
import { concatRows, embedding } from "../tensor/ops/embedding.ts";
import { linear } from "../tensor/ops/linear.ts";
import { lstmCell } from "../tensor/ops/lstm.ts";
import type { Parameter } from "../tensor/parameters.ts";
import type { Tape, Tensor } from "../tensor/tape.ts";
import type { Watch } from "./watch.ts";
import type { Initialize, WeightBuilder } from "./weights.ts";

/** One layer of PyTorch's `nn.LSTM`; gates in its order: input, forget, cell, output. */
export interface LstmWeights {
  /** [4 · width, inner] */
  readonly inputWeight: Parameter;
  /** [4 · width, width] */
  readonly hiddenWeight: Parameter;
  /** [4 · width] */
  readonly inputBias: Parameter;
  /** [4 · width] */
  readonly hiddenBias: Parameter;
}

/** The state of one layer after one step, [batch, width] each. */
export interface LstmState {
  readonly hidden: Tensor;
  readonly cell: Tensor;
}

/** What one layer shows to a trace. */
export const LSTM_NAMES = ["gates", "hidden", "cell"] as const;

export function lstmWeights(
  weights: WeightBuilder,
  layers: number,
  inner: number,
  width: number,
  initialize: Initialize,
) {
  return Array.from({ length: layers }, (_, i): LstmWeights => {
    const take = (name: string, ...shape: number[]) => weights.take(`${name}_l${i}`, shape, initialize);
    return {
      inputWeight: take("weight_ih", 4 * width, i === 0 ? inner : width),
      hiddenWeight: take("weight_hh", 4 * width, width),
      inputBias: take("bias_ih", 4 * width),
      hiddenBias: take("bias_hh", 4 * width),
    };
  });
}

// #region lstm
/**
 * Runs layers of an LSTM (Hochreiter & Schmidhuber 1997) over whole sequences, from left to right.
 *
 * @param x [batch, steps, inner]
 * @param layers from the lowest up
 * @param initial a state for every layer; zeros where it is left out
 * @param lengths [batch]: steps from there on are padding; all steps count where it is left out
 * @returns `output` [batch, steps, width], the hidden states of the top layer (behind its length, a sequence's are of no use), and
 *   `final`, the state of every layer after the last step of each sequence
 */
export function lstm(
  tape: Tape,
  x: Tensor,
  layers: readonly LstmWeights[],
  { initial, lengths, watch }: { initial?: readonly LstmState[]; lengths?: Int32Array; watch: Watch },
): { output: Tensor; final: LstmState[] } {
  const final: LstmState[] = [];
  let output = x;
  for (const [i, weights] of layers.entries()) {
    const run = lstmLayer(tape, output, weights, initial?.[i], lengths, watch.at(`${i}`));
    output = run.output;
    final.push(run.final);
  }
  return { output, final };
}

function lstmLayer(
  tape: Tape,
  x: Tensor,
  { inputWeight, hiddenWeight, inputBias, hiddenBias }: LstmWeights,
  initial: LstmState | undefined,
  lengths: Int32Array | undefined,
  watch: Watch,
): { output: Tensor; final: LstmState } {
  const [batch = 0, steps = 0] = x.shape;
  const width = hiddenWeight.shape[1] ?? 0;
  const zeros = () => tape.constant(new Float32Array(batch * width), [batch, width]);
  let state = initial ?? { hidden: zeros(), cell: zeros() };

  // What the inputs say to the gates needs no earlier step: one product for the whole sequence.
  const inputs = linear(tape, x, inputWeight, inputBias, { transposed: true });
  const states: LstmState[] = [];
  const sums: Tensor[] = [];
  for (let t = 0; t < steps; t++) {
    const input = embedding(
      tape,
      inputs,
      rows(batch, (b) => b * steps + t),
    );
    const gates = add(tape, input, linear(tape, state.hidden, hiddenWeight, hiddenBias, { transposed: true }));
    state = lstmCell(tape, gates, state.cell);
    states.push(state);
    sums.push(gates);
  }

  // Step after step, [steps · batch, width] → [batch, steps, width].
  const bySequence = rows(batch * steps, (row) => (row % steps) * batch + Math.floor(row / steps));
  const stack = (parts: readonly Tensor[]) => embedding(tape, concatRows(tape, parts), bySequence, [batch, steps]);
  const output = stack(states.map(({ hidden }) => hidden));
  watch.tensor("hidden", output);
  if (watch.wants("gates")) watch.tensor("gates", stack(sums));
  const needCells = lengths !== undefined || watch.wants("cell");
  const cells = needCells ? stack(states.map(({ cell }) => cell)) : null;
  if (cells) watch.tensor("cell", cells);
  if (!lengths || !cells) return { output, final: state };
  const last = rows(batch, (b) => b * steps + lengths[b]! - 1);
  return { output, final: { hidden: embedding(tape, output, last), cell: embedding(tape, cells, last) } };
}
// #endregion

function rows(count: number, at: (row: number) => number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => at(row));
}
