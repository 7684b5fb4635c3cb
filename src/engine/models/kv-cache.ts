import type { Backend } from "../backends/backend.ts";
import { Scope } from "../tensor/scope.ts";
import type { LayerCache } from "./gpt2-batch.ts";

/** Slots to begin with; a poem fits, a batch of poems makes it grow. */
const FIRST_CAPACITY = 128;

/** The keys and values of all layers, [slots × width] each. */
export class KvCache {
  readonly #backend: Backend;
  readonly #layerCount: number;
  readonly #width: number;
  #capacity = 0;
  #memory: Scope;
  #layers: readonly LayerCache[] = [];

  constructor(backend: Backend, layers: number, width: number) {
    this.#backend = backend;
    this.#layerCount = layers;
    this.#width = width;
    this.#memory = new Scope(backend);
  }

  get layers(): readonly LayerCache[] {
    return this.#layers;
  }

  /** Makes it hold at least `nodes` slots. Doubling keeps the copying linear in the number of tokens. @throws EngineError `out-of-memory` */
  reserve(nodes: number): void {
    if (nodes <= this.#capacity) return;
    const capacity = Math.max(nodes, this.#capacity * 2, FIRST_CAPACITY);
    const backend = this.#backend;
    const memory = new Scope(backend);
    let layers: LayerCache[];
    try {
      layers = Array.from({ length: this.#layerCount }, () => ({
        keys: memory.alloc(capacity * this.#width),
        values: memory.alloc(capacity * this.#width),
      }));
    } catch (error) {
      memory.dispose();
      throw error;
    }
    this.#layers.forEach((old, i) => {
      const grown = layers[i];
      if (!grown) return;
      backend.copy(grown.keys, old.keys, old.keys.length);
      backend.copy(grown.values, old.values, old.values.length);
    });
    this.#memory.dispose();
    this.#memory = memory;
    this.#layers = layers;
    this.#capacity = capacity;
  }

  dispose(): void {
    this.#memory.dispose();
  }
}
