import { EngineError } from "../../errors.ts";
import { matrixOf, sizeOf, type Tape, type Tensor } from "../tape.ts";

/**
 * Rows of a table: vectors of tokens, or chosen rows of activations, such as the ones at [CLS], or the keys in a packed [q | k | v].
 *
 * @param table [..., width]
 * @param ids row numbers
 * @param shape what the ids are seen as; its size is their number
 * @returns [...shape, width]
 * @throws EngineError `internal` if an id is not a row of the table
 */
export function embedding(tape: Tape, table: Tensor, ids: Int32Array, shape: readonly number[] = [ids.length]): Tensor {
  const { backend } = tape;
  const { width, rows } = matrixOf(table);
  if (sizeOf(shape) !== ids.length) throw new EngineError("internal", `${ids.length} ids for shape [${shape}]`);
  const wrong = ids.find((id) => id < 0 || id >= rows);
  if (wrong !== undefined) throw new EngineError("internal", `row ${wrong} of ${rows}`);

  const y = tape.result([...shape, width], [table]);
  backend.gather(y.storage, table.storage, tape.indices(ids), ids.length, width);
  tape.record(y, (dy) => {
    if (!table.gradient) return;
    const { order, starts, targets } = groupByRow(ids);
    const [placedOrder, placedStarts, placedTargets] = [
      tape.indices(order),
      tape.indices(starts),
      tape.indices(targets),
    ];
    backend.scatterAdd(table.gradient, dy, placedOrder, placedStarts, placedTargets, targets.length, width);
  });
  return y;
}

/**
 * Stacks rows of several tensors, in order.
 *
 * @param tensors [..., width] each, of one width
 * @returns [all their rows, width]
 */
export function concatRows(tape: Tape, tensors: readonly Tensor[]): Tensor {
  const { backend } = tape;
  const parts = tensors.map(matrixOf);
  const width = parts[0]?.width ?? 0;
  if (width === 0 || parts.some((part) => part.width !== width)) {
    throw new EngineError("internal", `concatRows: ${tensors.map(({ shape }) => `[${shape}]`).join(", ")}`);
  }
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const y = tape.result([total, width], tensors);
  backend.fill(y.storage, 0, total * width);
  const counting = tape.indices(range(0, total + 1));
  let first = 0;
  const places = parts.map(({ rows }) => {
    const place = tape.indices(range(first, first + rows));
    first += rows;
    return { rows, place };
  });
  for (const [i, { rows, place }] of places.entries()) {
    // Each row is a group of its own, and falls on zeros.
    backend.scatterAdd(y.storage, tensors[i]!.storage, counting, counting, place, rows, width);
  }
  tape.record(y, (dy) => {
    for (const [i, { rows, place }] of places.entries()) {
      const gradient = tensors[i]!.gradient;
      if (gradient) backend.gather(gradient, dy, place, rows, width, true);
    }
  });
  return y;
}

function range(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, i) => start + i);
}

/** The positions in `ids` of each row that occurs there: what `Backend.scatterAdd` takes. */
function groupByRow(ids: Int32Array): { order: Int32Array; starts: Int32Array; targets: Int32Array } {
  const order = range(0, ids.length).sort((a, b) => ids[a]! - ids[b]!);
  const starts: number[] = [];
  const targets: number[] = [];
  for (const [i, position] of order.entries()) {
    if (i > 0 && ids[position] === ids[order[i - 1]!]) continue;
    starts.push(i);
    targets.push(ids[position]!);
  }
  starts.push(ids.length);
  return { order, starts: Int32Array.from(starts), targets: Int32Array.from(targets) };
}
