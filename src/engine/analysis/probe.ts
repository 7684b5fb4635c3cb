import { indexOfLargest } from "../statistics.ts";
import type { SymmetricMatrix } from "./gram.ts";
import { classProbabilities, fitLogistic } from "./logistic.ts";
import type { Split } from "./splits.ts";

/** What errors cost a probe against large weights: the default of scikit-learn. */
const STRENGTH = 1;

// #region probe
/**
 * A linear probe (Alain & Bengio 2017): how much of the labels a logistic regression reads off a representation, on points that it
 * did not learn from.
 *
 * @param gram of all points; scaled first, so that representations of any length are asked alike
 * @returns share of the held-out points that it gets right
 */
export function probeAccuracy(
  gram: SymmetricMatrix,
  labels: Uint8Array,
  classes: number,
  { training, heldOut }: Split,
): number {
  const known = Uint8Array.from(training, (i) => labels[i]!);
  const products = scaled(gram);
  const classifier = fitLogistic(
    { data: pick(products, training, training), size: training.length },
    known,
    classes,
    STRENGTH,
  );
  const probabilities = classProbabilities(classifier, pick(products, heldOut, training));
  const right = heldOut.filter((point, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return indexOfLargest(own) === labels[point];
  });
  return right.length / heldOut.length;
}
// #endregion

/** The mean squared length of a point becomes 1. */
function scaled({ data, size }: SymmetricMatrix): SymmetricMatrix {
  let lengths = 0;
  for (let i = 0; i < size; i++) lengths += data[i * size + i]!;
  return lengths > 0 ? { data: data.map((product) => (product * size) / lengths), size } : { data, size };
}

function pick({ data, size }: SymmetricMatrix, rows: readonly number[], columns: readonly number[]): Float64Array {
  return Float64Array.from({ length: rows.length * columns.length }, (_, at) => {
    const row = rows[Math.floor(at / columns.length)]!;
    return data[row * size + columns[at % columns.length]!]!;
  });
}
