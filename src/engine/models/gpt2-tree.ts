import { EngineError } from "../errors.ts";
import { maxOf } from "../statistics.ts";
import { Scope } from "../tensor/scope.ts";
import { type HostTensor, Trace } from "../tensor/trace.ts";
import type { Gpt2 } from "./gpt2.ts";
import { type Batch, type LayerCache, type PositionRows, positionRows } from "./gpt2-batch.ts";
import { chain, type NodeId, type Step, type TokenTree } from "./token-tree.ts";

/** Slots of the KV cache to begin with; a poem fits, a batch of poems makes it grow. */
const FIRST_CAPACITY = 128;
/** Path rows are rounded up to this, so that buffers keep their sizes, and can be reused, from one decoding step to the next. */
const STRIDE_STEP = 32;

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
  #parents: (NodeId | null)[] = [];
  #depths: number[] = [];
  #capacity = 0;
  #memory: Scope;
  #caches: LayerCache[] = [];
  #disposed = false;

  /** @param positions for experiments with the position embeddings */
  constructor(model: Gpt2, { positions = "own" }: { readonly positions?: PositionRows } = {}) {
    this.#model = model;
    this.#positions = positions;
    this.#memory = new Scope(model.backend);
    this.vocabularySize = model.config.vocabularySize;
    this.contextLength = model.config.contextLength;
  }

  depth(node: NodeId): number {
    const depth = this.#depths[node];
    if (depth === undefined) throw new EngineError("internal", `no node ${node}`);
    return depth;
  }

  async append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    const [step] = await this.tail(parent, ids, 1);
    if (!step) throw new EngineError("internal", "a chain without a last token");
    return step;
  }

  /** As `append`, with the steps of the last `count` of these ids. */
  async tail(parent: NodeId | null, ids: readonly number[], count: number): Promise<Step[]> {
    return (await this.#run(chain(parent, this.#parents.length, ids.length), ids, count, [])).steps;
  }

  async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    return (await this.#run(parents, ids, ids.length, [])).steps;
  }

  /**
   * As `append`, with a step for every token of the chain and the intermediates whose names match one of these patterns (see `Trace`).
   * @throws EngineError `bad-input`, also for a pattern that matches no name
   */
  inspect(parent: NodeId | null, ids: readonly number[], names: readonly string[]): Promise<Inspection> {
    return this.#run(chain(parent, this.#parents.length, ids.length), ids, ids.length, names);
  }

  /** Runs tokens whose steps nobody needs: the way back to where a tree was that lost its device. `parents` as in `extend`. */
  async restore(parents: readonly (NodeId | null)[], ids: readonly number[]): Promise<void> {
    await this.#run(parents, ids, 1, []);
  }

  dispose(): void {
    this.#disposed = true;
    this.#memory.dispose();
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
    this.#validate(parents, ids);
    const first = this.#parents.length;
    this.#reserve(first + ids.length);
    for (const parent of parents) {
      this.#parents.push(parent);
      this.#depths.push(parent === null ? 1 : this.depth(parent) + 1);
    }

    const { backend } = this.#model;
    const scope = new Scope(backend);
    try {
      const batch = this.#batch(first, ids, answers);
      const logits = this.#model.forward(scope, this.#caches, batch, trace);
      const size = this.vocabularySize;
      const nodes = Array.from(batch.wanted ?? batch.ids.keys(), (token) => first + token);
      const rows = nodes.map((_, row) => ({ storage: logits, offset: row * size, length: size }));
      const data = await backend.read([...rows, ...trace.spans]);
      const steps = nodes.map((node, row) => ({ node, logits: data[row]! }));
      return { steps, traces: trace.tensors(data.slice(rows.length)) };
    } catch (error) {
      // What was not computed is not in the tree.
      this.#parents.length = first;
      this.#depths.length = first;
      throw error;
    } finally {
      scope.dispose();
    }
  }

  #validate(parents: readonly (NodeId | null)[], ids: readonly number[]): void {
    if (ids.length === 0) throw new EngineError("bad-input", "至少要有一个词元");
    if (ids.length !== parents.length) throw new EngineError("internal", "as many parents as tokens");
    const bad = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= this.vocabularySize);
    if (bad !== undefined) throw new EngineError("bad-input", `词表里没有编号 ${bad}`);
    const size = this.#parents.length;
    let deepest = 0;
    const depths: number[] = [];
    for (const parent of parents) {
      const above = parent === null ? 0 : parent < size ? this.depth(parent) : (depths[parent - size] ?? 0);
      depths.push(above + 1);
      deepest = Math.max(deepest, above + 1);
    }
    if (deepest > this.contextLength) {
      throw new EngineError("bad-input", `文字有 ${deepest} 个词元，模型最多读 ${this.contextLength} 个`);
    }
  }

  #batch(first: NodeId, ids: readonly number[], answers: number): Batch {
    const tokens = ids.length;
    const nodes = Int32Array.from(ids, (_, i) => first + i);
    const spans = Int32Array.from(nodes, (node) => this.depth(node));
    const pathStride = Math.ceil(maxOf(spans) / STRIDE_STEP) * STRIDE_STEP;
    const paths = new Int32Array(tokens * pathStride);
    nodes.forEach((node, row) => {
      let at: NodeId | null = node;
      for (let i = this.depth(node) - 1; at !== null; i--) {
        paths[row * pathStride + i] = at;
        at = this.#parents[at] ?? null;
      }
    });
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

  /** Makes the cache hold at least `nodes` slots. Doubling keeps the copying linear in the number of tokens. */
  #reserve(nodes: number): void {
    if (nodes <= this.#capacity) return;
    const capacity = Math.max(nodes, this.#capacity * 2, FIRST_CAPACITY);
    const { backend, config } = this.#model;
    const memory = new Scope(backend);
    let caches: LayerCache[];
    try {
      caches = Array.from({ length: config.layers }, () => ({
        keys: memory.alloc(capacity * config.width),
        values: memory.alloc(capacity * config.width),
      }));
    } catch (error) {
      memory.dispose();
      throw error;
    }
    this.#caches.forEach((old, i) => {
      const grown = caches[i];
      if (!grown) return;
      backend.copy(grown.keys, old.keys, old.keys.length);
      backend.copy(grown.values, old.values, old.values.length);
    });
    this.#memory.dispose();
    this.#memory = memory;
    this.#caches = caches;
    this.#capacity = capacity;
  }
}
