import { EngineError } from "../errors.ts";
import type { LstmState } from "../nn/lstm.ts";
import { concatRows, embedding } from "../tensor/ops/embedding.ts";
import { Scope } from "../tensor/scope.ts";
import { Tape, type Tensor } from "../tensor/tape.ts";
import type { LstmLanguageModel } from "./lstm-lm.ts";
import type { NodeId, Step, TokenTree } from "./token-tree.ts";

/** Where the state after a token lies: a row of what its batch left behind. */
interface Node {
  readonly depth: number;
  /** For every layer, [batch, width]. */
  readonly layers: readonly LstmState[];
  readonly row: number;
}

/** The tree of tokens of an LSTM: each node keeps the state after its token, all that the model remembers of the path. */
export class LstmTree implements TokenTree {
  readonly vocabularySize: number;
  /** An LSTM has no longest text. */
  readonly contextLength = Number.MAX_SAFE_INTEGER;
  readonly #model: LstmLanguageModel;
  readonly #memory: Scope;
  readonly #nodes: Node[] = [];

  constructor(model: LstmLanguageModel) {
    this.#model = model;
    this.#memory = new Scope(model.parameters.backend);
    this.vocabularySize = model.config.vocabularySize;
  }

  depth(node: NodeId): number {
    return this.#node(node).depth;
  }

  async append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    let step: Step | undefined;
    for (const id of ids) [step] = await this.#run([step?.node ?? parent], [id]);
    if (!step) throw new EngineError("bad-input", "至少要有一个词元");
    return step;
  }

  async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    return this.#run(parents, ids);
  }

  dispose(): void {
    this.#memory.dispose();
    this.#nodes.length = 0;
  }

  async #run(parents: readonly (NodeId | null)[], ids: readonly number[]): Promise<Step[]> {
    const { backend } = this.#memory;
    const size = this.vocabularySize;
    const tape = new Tape(backend, "off");
    try {
      const initial = parents[0] === null ? null : this.#states(tape, parents);
      const batch = { ids: Int32Array.from(ids), batch: ids.length };
      const { logits, final } = this.#model.forward(tape, batch, initial ? { initial } : {});
      // Before the wait, in which the tree may be disposed.
      const layers = final.map(({ hidden, cell }) => ({ hidden: this.#keep(hidden), cell: this.#keep(cell) }));
      const numbers = await backend.read(
        ids.map((_, row) => ({ storage: logits.storage, offset: row * size, length: size })),
      );
      return parents.map((parent, row) => {
        const depth = parent === null ? 1 : this.depth(parent) + 1;
        return { node: this.#nodes.push({ depth, layers, row }) - 1, logits: numbers[row]! };
      });
    } finally {
      tape.dispose();
    }
  }

  /** The states of some nodes side by side, for every layer [nodes, width]. */
  #states(tape: Tape, nodes: readonly (NodeId | null)[]): LstmState[] {
    const found = nodes.map((node) => this.#node(node));
    const gather = (layer: number, part: keyof LstmState): Tensor =>
      concatRows(
        tape,
        found.map(({ layers, row }) => embedding(tape, layers[layer]![part], Int32Array.of(row))),
      );
    return (found[0]?.layers ?? []).map((_, layer) => ({
      hidden: gather(layer, "hidden"),
      cell: gather(layer, "cell"),
    }));
  }

  /** A copy that outlives the tape. */
  #keep({ storage, shape }: Tensor): Tensor {
    const copy = this.#memory.alloc(storage.length);
    this.#memory.backend.copy(copy, storage, storage.length);
    return { storage: copy, shape, gradient: null };
  }

  #node(id: NodeId | null): Node {
    const node = id === null ? undefined : this.#nodes[id];
    if (!node) throw new EngineError("internal", `no node ${id}`);
    return node;
  }
}
