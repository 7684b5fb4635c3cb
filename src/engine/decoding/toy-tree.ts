import { EngineError } from "../errors.ts";
import type { NodeId, Step, TokenTree } from "../models/token-tree.ts";

/** Next-token logits as a function of the whole path: a language model small enough to check by hand. */
export type ToyModel = (path: readonly number[]) => readonly number[];

/** A token tree over a toy model: what a decoder does with it can be followed by hand, on a page and in a test. */
export class ToyTree implements TokenTree {
  readonly contextLength: number;
  readonly vocabularySize: number;
  readonly #model: ToyModel;
  readonly #paths: (readonly number[])[] = [];

  constructor(model: ToyModel, contextLength = 64) {
    this.#model = model;
    this.contextLength = contextLength;
    this.vocabularySize = model([0]).length;
  }

  /** The tokens from the root to a node. */
  path(node: NodeId): readonly number[] {
    const path = this.#paths[node];
    if (!path) throw new EngineError("bad-input", `no node ${node}`);
    return path;
  }

  depth(node: NodeId): number {
    return this.path(node).length;
  }

  async append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    if (ids.length === 0) throw new EngineError("bad-input", "no token");
    let path = parent === null ? [] : this.path(parent);
    for (const id of ids) {
      path = [...path, id];
      if (path.length > this.contextLength) throw new EngineError("bad-input", "context");
      this.#paths.push(path);
    }
    return { node: this.#paths.length - 1, logits: Float32Array.from(this.#model(path)) };
  }

  async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    return Promise.all(parents.map((parent, i) => this.append(parent, ids.slice(i, i + 1))));
  }

  dispose(): void {
    this.#paths.length = 0;
  }
}
