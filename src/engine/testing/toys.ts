import { type ToyModel, ToyTree } from "../decoding/toy-tree.ts";
import { EngineError } from "../errors.ts";
import type { NodeId, Step } from "../models/token-tree.ts";

/** A bigram model: logits by the last token only. */
export function bigram(table: readonly (readonly number[])[]): ToyModel {
  return (path) => {
    const row = table[path.at(-1) ?? -1];
    if (!row) throw new EngineError("bad-input", "id outside the vocabulary");
    return row;
  };
}

/** A toy that counts, for tests that care how often and in what batches the model ran. */
export class CountingTree extends ToyTree {
  /** Sizes of the batches that `extend` ran. */
  readonly batches: number[] = [];

  override async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    this.batches.push(parents.length);
    return super.extend(parents, ids);
  }
}
