import { EngineError } from "../errors.ts";
import { Scope } from "../tensor/scope.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import type { Gpt2 } from "./gpt2.ts";
import { type Batch, type PositionRows, positionRows } from "./gpt2-batch.ts";
import { KvCache } from "./kv-cache.ts";
import { TokenPaths } from "./token-paths.ts";
import { chain, type NodeId, type Step, type TokenTree } from "./token-tree.ts";

/** A step of every token of a chain, and the traces that were asked for. */
export interface Inspection {
  readonly steps: Step[];
  readonly traces: Map<string, HostTensor>;
}

/** The tree of tokens of a GPT-2: node n has slot n of the KV cache. */
export class Gpt2Tree implements TokenTree {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly #model: Gpt2;
  readonly #positions: PositionRows;
  readonly #paths: TokenPaths;
  readonly #cache: KvCache;
  #disposed = false;

  /** @param positions for experiments with the position embeddings */
  constructor(model: Gpt2, { positions = "own" }: { readonly positions?: PositionRows } = {}) {
    this.#model = model;
    this.#positions = positions;
    const { vocabularySize, contextLength, layers, width } = model.config;
    this.vocabularySize = vocabularySize;
    this.contextLength = contextLength;
    this.#paths = new TokenPaths(vocabularySize, contextLength);
    this.#cache = new KvCache(model.backend, layers, width);
  }

  depth(node: NodeId): number {
    return this.#paths.depth(node);
  }

  async append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    const [step] = await this.tail(parent, ids, 1);
    if (!step) throw new EngineError("internal", "a chain without a last token");
    return step;
  }

  /** As `append`, with the steps of the last `count` of these ids. */
  async tail(parent: NodeId | null, ids: readonly number[], count: number): Promise<Step[]> {
    return (await this.#run(chain(parent, this.#paths.size, ids.length), ids, count, [])).steps;
  }

  async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    return (await this.#run(parents, ids, ids.length, [])).steps;
  }

  /**
   * As `append`, with a step for every token of the chain and the intermediates whose names match one of these patterns (see `Trace`).
   * @throws EngineError `bad-input`, also for a pattern that matches no name
   */
  inspect(parent: NodeId | null, ids: readonly number[], names: readonly string[]): Promise<Inspection> {
    return this.#run(chain(parent, this.#paths.size, ids.length), ids, ids.length, names);
  }

  /** Runs tokens whose steps nobody needs: the way back to where a tree was that lost its device. `parents` as in `extend`. */
  async restore(parents: readonly (NodeId | null)[], ids: readonly number[]): Promise<void> {
    await this.#run(parents, ids, 1, []);
  }

  dispose(): void {
    this.#disposed = true;
    this.#cache.dispose();
  }

  /** @param answers how many of the tokens, the last ones, are to have a step */
  async #run(
    parents: readonly (NodeId | null)[],
    ids: readonly number[],
    answers: number,
    names: readonly string[],
  ): Promise<Inspection> {
    if (this.#disposed) throw new EngineError("cancelled");
    const trace = new Trace(names, this.#model.traceNames);
    const first = this.#paths.add(parents, ids);
    const { backend } = this.#model;
    const scope = new Scope(backend);
    try {
      this.#cache.reserve(this.#paths.size);
      const batch = this.#batch(first, ids, answers);
      const logits = this.#model.forward(scope, this.#cache.layers, batch, trace);
      const size = this.vocabularySize;
      const nodes = Array.from(batch.wanted ?? batch.ids.keys(), (token) => first + token);
      const rows = nodes.map((_, row) => ({ storage: logits, offset: row * size, length: size }));
      const data = await backend.read([...rows, ...trace.spans]);
      const steps = nodes.map((node, row) => ({ node, logits: data[row]! }));
      return { steps, traces: trace.tensors(data.slice(rows.length)) };
    } catch (error) {
      // What was not computed is not in the tree.
      this.#paths.forget(first);
      throw error;
    } finally {
      scope.dispose();
    }
  }

  #batch(first: NodeId, ids: readonly number[], answers: number): Batch {
    const tokens = ids.length;
    const { nodes, spans, paths, pathStride } = this.#paths.of(first);
    return {
      ids: Int32Array.from(ids),
      positions: positionRows(
        this.#positions,
        spans.map((span) => span - 1),
        this.#model.config,
      ),
      slots: nodes,
      paths,
      pathStride,
      spans,
      wanted: answers === tokens ? null : Int32Array.from({ length: answers }, (_, i) => tokens - answers + i),
    };
  }
}
