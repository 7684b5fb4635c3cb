import { toEngineError } from "../errors.ts";
import type { Gpt2Tree } from "./gpt2-tree.ts";
import type { NodeId, Step, TokenTree } from "./token-tree.ts";

/** Tokens per batch when a tree is replayed: large enough to be fast, small enough to fit anywhere. */
const REPLAY_BATCH = 128;

/**
 * A tree that survives the loss of its device: it remembers its tokens, and when a call fails with `device-lost` it grows the same tree
 * again on whatever backend the engine has moved to, then repeats the call.
 */
export class ResilientTree implements TokenTree {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly #plant: () => Gpt2Tree;
  readonly #recover: () => Promise<void>;
  #tree: Gpt2Tree;
  #parents: (NodeId | null)[] = [];
  #ids: number[] = [];

  /** @param plant makes an empty tree on the backend in use  @param recover resolves when the engine has a backend again */
  constructor(plant: () => Gpt2Tree, recover: () => Promise<void>) {
    this.#plant = plant;
    this.#recover = recover;
    this.#tree = plant();
    this.vocabularySize = this.#tree.vocabularySize;
    this.contextLength = this.#tree.contextLength;
  }

  depth(node: NodeId): number {
    return this.#tree.depth(node);
  }

  async append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    const step = await this.#surviving(() => this.#tree.append(parent, ids));
    const next = this.#ids.length;
    this.#remember(
      ids.map((_, i) => (i === 0 ? parent : next + i - 1)),
      ids,
    );
    return step;
  }

  async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    const steps = await this.#surviving(() => this.#tree.extend(parents, ids));
    this.#remember(parents, ids);
    return steps;
  }

  dispose(): void {
    this.#tree.dispose();
  }

  #remember(parents: readonly (NodeId | null)[], ids: readonly number[]): void {
    this.#parents.push(...parents);
    this.#ids.push(...ids);
  }

  async #surviving<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (toEngineError(error).code !== "device-lost") throw error;
      await this.#recover();
      this.#tree = this.#plant();
      for (let i = 0; i < this.#ids.length; i += REPLAY_BATCH) {
        await this.#tree.restore(this.#parents.slice(i, i + REPLAY_BATCH), this.#ids.slice(i, i + REPLAY_BATCH));
      }
      return call();
    }
  }
}
