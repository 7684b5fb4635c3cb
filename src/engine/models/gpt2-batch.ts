import type { Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import type { Gpt2Config } from "../files/config.ts";

/** Keys and values of one layer, [slots × width] each. */
export interface LayerCache {
  readonly keys: Storage;
  readonly values: Storage;
}

/** The tokens of one forward pass through the KV cache and what each of them may look at (see `Backend.attention`). */
export interface Batch {
  readonly ids: Int32Array;
  /** Rows of the position table, one for each token; null adds none. */
  readonly positions: Int32Array | null;
  readonly slots: Int32Array;
  /** [tokens × pathStride] */
  readonly paths: Int32Array;
  readonly pathStride: number;
  /** Number of keys that each token sees: its position + 1. */
  readonly spans: Int32Array;
  /** The tokens whose next-token logits are wanted; null for all. */
  readonly wanted: Int32Array | null;
}

/**
 * Which row of the position table a token takes, given its position: its own, as the model has learned it; that of another position, for
 * an experiment with shuffled positions; or "none", for a model that cannot tell positions apart.
 */
export type PositionRows = "own" | "none" | Int32Array;

// #region position-rows
/** The rows of the position table for tokens at these positions; null for none. @throws EngineError `bad-input` if there is no such row */
export function positionRows(rows: PositionRows, positions: Int32Array, { contextLength }: Gpt2Config) {
  if (rows === "none") return null;
  if (rows === "own") return positions;
  return positions.map((position) => {
    const row = rows[position];
    if (row === undefined || row < 0 || row >= contextLength) {
      throw new EngineError("bad-input", `位置 ${position} 没有位置嵌入可用`);
    }
    return row;
  });
}
// #endregion
