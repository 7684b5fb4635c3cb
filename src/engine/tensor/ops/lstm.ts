import { EngineError } from "../../errors.ts";
import type { Tape, Tensor } from "../tape.ts";
import { gradientOrScratch } from "./gradient-or-scratch.ts";

/**
 * One step of an LSTM (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000) from the sums that enter its gates:
 * cell = σ(f) · previousCell + σ(i) · tanh(g), hidden = σ(o) · tanh(cell).
 *
 * @param gates [rows, 4 · width] = [i | f | g | o], PyTorch's order
 * @param previousCell [rows, width]
 * @returns the new state, [rows, width] each
 */
export function lstmCell(tape: Tape, gates: Tensor, previousCell: Tensor): { hidden: Tensor; cell: Tensor } {
  const { backend } = tape;
  const [rows = 0, width = 0] = previousCell.shape;
  if (gates.shape.join() !== [rows, 4 * width].join()) {
    throw new EngineError("internal", `lstmCell: gates [${gates.shape}], cell [${previousCell.shape}]`);
  }
  const hidden = tape.result([rows, width], [gates, previousCell]);
  const cell = tape.result([rows, width], [gates, previousCell]);
  backend.lstmCell(hidden.storage, cell.storage, gates.storage, previousCell.storage, rows, width);
  tape.record(hidden, (dhidden) => {
    // Made of the same operands, the cell has a gradient if the hidden state has one.
    if (!cell.gradient) return;
    const [dgates, dcell] = [gradientOrScratch(tape, gates), gradientOrScratch(tape, previousCell)];
    backend.lstmCellGradient(dgates, dcell, gates.storage, previousCell.storage, dhidden, cell.gradient, rows, width);
  });
  return { hidden, cell };
}
