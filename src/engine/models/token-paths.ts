import { EngineError } from "../errors.ts";
import { maxOf } from "../statistics.ts";
import type { NodeId } from "./token-tree.ts";

/** Path rows are rounded up to this, so that buffers keep their sizes, and can be reused, from one decoding step to the next. */
const STRIDE_STEP = 32;

/** What some tokens of a tree may look at (see `Backend.attention`); node n has slot n of the KV cache. */
export interface Paths {
  readonly nodes: Int32Array;
  /** Number of keys that each token sees: its depth. */
  readonly spans: Int32Array;
  /** [tokens × pathStride] */
  readonly paths: Int32Array;
  readonly pathStride: number;
}

/** Which token of a tree follows which. */
export class TokenPaths {
  readonly #vocabularySize: number;
  readonly #contextLength: number;
  #parents: (NodeId | null)[] = [];
  #depths: number[] = [];

  constructor(vocabularySize: number, contextLength: number) {
    this.#vocabularySize = vocabularySize;
    this.#contextLength = contextLength;
  }

  /** Number of tokens, and so the node of the next. */
  get size(): number {
    return this.#parents.length;
  }

  depth(node: NodeId): number {
    const depth = this.#depths[node];
    if (depth === undefined) throw new EngineError("internal", `no node ${node}`);
    return depth;
  }

  /**
   * Adds a token below each parent, which may be one of them that comes before it.
   * @returns the first one's node
   * @throws EngineError `bad-input`: no token, an id outside the vocabulary, or a path longer than the context
   */
  add(parents: readonly (NodeId | null)[], ids: readonly number[]): NodeId {
    if (ids.length === 0) throw new EngineError("bad-input", "至少要有一个词元");
    if (ids.length !== parents.length) throw new EngineError("internal", "as many parents as tokens");
    const bad = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= this.#vocabularySize);
    if (bad !== undefined) throw new EngineError("bad-input", `词表里没有编号 ${bad}`);
    const first = this.size;
    const depths: number[] = [];
    for (const parent of parents) {
      const above = parent === null ? 0 : parent < first ? this.depth(parent) : (depths[parent - first] ?? 0);
      depths.push(above + 1);
    }
    const deepest = maxOf(depths);
    if (deepest > this.#contextLength) {
      throw new EngineError("bad-input", `文字有 ${deepest} 个词元，模型最多读 ${this.#contextLength} 个`);
    }
    for (const [i, parent] of parents.entries()) {
      this.#parents.push(parent);
      this.#depths.push(depths[i]!);
    }
    return first;
  }

  /** Takes a node and all that were added after it out again. */
  forget(first: NodeId): void {
    this.#parents.length = first;
    this.#depths.length = first;
  }

  /** The paths of a node and of all that were added after it. */
  of(first: NodeId): Paths {
    const nodes = Int32Array.from({ length: this.size - first }, (_, i) => first + i);
    const spans = nodes.map((node) => this.depth(node));
    const pathStride = Math.ceil(maxOf(spans) / STRIDE_STEP) * STRIDE_STEP;
    const paths = new Int32Array(nodes.length * pathStride);
    for (const [row, node] of nodes.entries()) {
      let at: NodeId | null = node;
      for (let i = spans[row]! - 1; at !== null; i--) {
        paths[row * pathStride + i] = at;
        at = this.#parents[at] ?? null;
      }
    }
    return { nodes, spans, paths, pathStride };
  }
}
