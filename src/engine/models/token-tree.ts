/**
 * A causal language model's view of text in progress: a tree of tokens.
 *
 * Every token that was run through the model is a node, its context is the path from the root, and its keys and values stay in the KV
 * cache. A prompt is a chain; sampling ten continuations makes ten branches below its last node; beam search grows and abandons
 * branches; "go back and choose another token" is a second child. Nothing is ever copied or recomputed.
 */

/** Index of a token in its tree, in the order in which tokens were added. */
export type NodeId = number;

/** The model's answer at one node. */
export interface Step {
  readonly node: NodeId;
  /** Next-token logits, [vocabularySize]. A fresh array that the caller may keep or change. */
  readonly logits: Float32Array;
}

export interface TokenTree {
  readonly vocabularySize: number;
  /** Longest path (in tokens) that the model can read. */
  readonly contextLength: number;
  /** Number of tokens from the root to the node, itself included. */
  depth(node: NodeId): number;
  /**
   * Runs a chain of tokens below `parent` (`null`: a new root) and answers at its last token.
   * @throws EngineError `bad-input`: no token, an id outside the vocabulary, or a path longer than `contextLength`
   */
  append(parent: NodeId | null, ids: readonly number[]): Promise<Step>;
  /** Runs one token below each parent, all in one batch. `parents` may repeat. Errors as in `append`. */
  extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]>;
  /** Frees the cache; the tree cannot be used afterwards. */
  dispose(): void;
}

/** Parents of a chain below `parent` whose first token becomes node `next`. */
export function chain(parent: NodeId | null, next: NodeId, length: number): (NodeId | null)[] {
  return Array.from({ length }, (_, i) => (i === 0 ? parent : next + i - 1));
}
