import { EngineError, toEngineError } from "../errors.ts";
import type { Gpt2Tree, Inspection } from "./gpt2-tree.ts";
import { chain, type NodeId, type Step, type TokenTree } from "./token-tree.ts";

/** A tree that can be grown again. */
export interface RestorableTree extends TokenTree {
  /** Runs tokens whose steps nobody needs. `parents` as in `extend`. */
  restore(parents: readonly (NodeId | null)[], ids: readonly number[]): Promise<void>;
}

/** Tokens per batch when a tree is replayed: large enough to be fast, small enough to fit anywhere. */
const REPLAY_BATCH = 128;

/**
 * A tree that survives the loss of its device: it remembers its tokens, and when a call fails with `device-lost` it grows the same tree
 * again on whatever backend the engine has moved to, then repeats the call.
 */
export class SurvivingTree<Tree extends RestorableTree> implements TokenTree {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly #plant: () => Tree;
  readonly #recover: () => Promise<void>;
  readonly #expectModel: () => void;
  #tree: Tree;
  #parents: (NodeId | null)[] = [];
  #ids: number[] = [];
  /** Settles when the last call is over. */
  #last: Promise<unknown> = Promise.resolve();
  #disposed = false;

  /**
   * @param plant makes an empty tree on the backend in use
   * @param recover resolves when the engine has a backend again
   * @param expectModel throws what a call is to say once the model is gone
   */
  constructor(plant: () => Tree, recover: () => Promise<void>, expectModel: () => void) {
    this.#plant = plant;
    this.#recover = recover;
    this.#expectModel = expectModel;
    this.#tree = plant();
    this.vocabularySize = this.#tree.vocabularySize;
    this.contextLength = this.#tree.contextLength;
  }

  depth(node: NodeId): number {
    return this.#tree.depth(node);
  }

  append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    return this.inTurn(
      (tree) => tree.append(parent, ids),
      (next) => this.remember(chain(parent, next, ids.length), ids),
    );
  }

  extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    return this.inTurn(
      (tree) => tree.extend(parents, ids),
      () => this.remember(parents, ids),
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#tree.dispose();
  }

  protected remember(parents: readonly (NodeId | null)[], ids: readonly number[]): void {
    for (const parent of parents) this.#parents.push(parent);
    for (const id of ids) this.#ids.push(id);
  }

  /**
   * One call at a time: node numbers follow from the order of the calls, and a replay must find the tree at rest. What waits when the tree
   * is disposed fails with `cancelled`.
   * @param remember is told the node number of the call's first token
   */
  protected inTurn<T>(call: (tree: Tree) => Promise<T>, remember: (next: NodeId) => void): Promise<T> {
    const result = this.#last.then(async () => {
      if (!this.#disposed) this.#expectModel();
      const answer = await this.#surviving(call);
      remember(this.#ids.length);
      return answer;
    });
    this.#last = result.catch(() => {});
    return result;
  }

  async #surviving<T>(call: (tree: Tree) => Promise<T>): Promise<T> {
    try {
      return await call(this.#tree);
    } catch (error) {
      if (toEngineError(error).code !== "device-lost") throw error;
      await this.#recover();
      if (this.#disposed) throw new EngineError("cancelled");
      this.#tree = this.#plant();
      for (let i = 0; i < this.#ids.length; i += REPLAY_BATCH) {
        await this.#tree.restore(this.#parents.slice(i, i + REPLAY_BATCH), this.#ids.slice(i, i + REPLAY_BATCH));
      }
      return call(this.#tree);
    }
  }
}

/** Such a tree of a GPT-2. */
export class ResilientTree extends SurvivingTree<Gpt2Tree> {
  /** As `Gpt2Tree.inspect`. */
  inspect(parent: NodeId | null, ids: readonly number[], names: readonly string[]): Promise<Inspection> {
    return this.inTurn(
      (tree) => tree.inspect(parent, ids, names),
      (next) => this.remember(chain(parent, next, ids.length), ids),
    );
  }
}
