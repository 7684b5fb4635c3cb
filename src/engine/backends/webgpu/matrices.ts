import type { BatchAttentionShape } from "../operations.ts";

/** Where `batch · heads` matrices lie in a storage: their sizes, and the distances, in numbers, from one batch, head, row, column to the next. */
export interface Matrices {
  readonly batch: number;
  readonly heads: number;
  readonly rows: number;
  readonly columns: number;
  readonly strides: readonly [batch: number, head: number, row: number, column: number];
}

export function matrix(rows: number, columns: number): Matrices {
  return { batch: 1, heads: 1, rows, columns, strides: [0, 0, columns, 1] };
}

export function transpose({ batch, heads, rows, columns, strides: [b, h, r, c] }: Matrices): Matrices {
  return { batch, heads, rows: columns, columns: rows, strides: [b, h, c, r] };
}

/** The matrices of batched attention: queries × head width, keys × head width, and the weights, queries × keys. */
export function attentionMatrices({ batch, queries, keys, heads, headWidth }: BatchAttentionShape) {
  const width = heads * headWidth;
  const tokens = (rows: number): Matrices => {
    return { batch, heads, rows, columns: headWidth, strides: [rows * width, headWidth, width, 1] };
  };
  const size = queries * keys;
  const weights: Matrices = { batch, heads, rows: queries, columns: keys, strides: [heads * size, size, keys, 1] };
  return { byQuery: tokens(queries), byKey: tokens(keys), weights };
}
