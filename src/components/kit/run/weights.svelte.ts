import { SvelteSet } from "svelte/reactivity";
import type { Progress } from "../../../engine/files/download.ts";
import type { LoadOptions } from "../../../engine/files/loader.ts";
import { SharedLoads } from "../../../engine/shared-loads.ts";
import type { ModelLabel } from "../frame/types.ts";
import { getEngine } from "./engine.ts";
import { shippedEntry, together, WEIGHTS, weightBytes } from "./shipped-model.ts";

/** Models whose weights this page knows to be in the reader's browser. */
const here = new SvelteSet<string>();
const all = new Map<string, Weights>();

/** The weights of some models of the site, the same object for all who need the same. */
export function weightsOf(ids: readonly string[]): Weights {
  const weights = all.get(ids.join()) ?? new Weights(ids);
  all.set(ids.join(), weights);
  return weights;
}

/** Weights on their way into the reader's browser, with progress, before an experiment opens them: it would fetch them unseen. */
export class Weights {
  progress: Progress | undefined = $state.raw();
  readonly #ids: readonly string[];
  readonly #label: ModelLabel;
  readonly #loads = new SharedLoads<boolean>(async () => {});

  constructor(ids: readonly string[]) {
    this.#ids = ids;
    this.#label = together(ids.map((id) => ({ id, title: shippedEntry(id).title, bytes: weightBytes(id) })));
  }

  /** All are in the reader's browser. */
  get here(): boolean {
    return this.#ids.every((id) => here.has(id));
  }

  /** As `DemoFrame` names them, with their size; undefined for none. */
  get label(): ModelLabel | undefined {
    return this.#ids.length > 0 ? { ...this.#label, loaded: this.here } : undefined;
  }

  /**
   * Fetches them, or joins who does; the download ends when all who wait for it have aborted, and what has come is kept.
   * @throws EngineError as `EngineClient.file`; `cancelled`
   */
  async fetch(signal: AbortSignal): Promise<void> {
    if (this.here) return;
    const onProgress = (progress: Progress): void => {
      this.progress = progress;
    };
    await this.#loads.get(this.#label.id, { signal, onProgress }, (options) => this.#fetchAll(options));
  }

  async #fetchAll({ signal, onProgress }: LoadOptions): Promise<boolean> {
    let before = 0;
    for (const id of this.#ids) {
      const earlier = before;
      await getEngine().file(id, WEIGHTS, {
        ...(signal && { signal }),
        onProgress: ({ loaded }) => onProgress?.({ loaded: earlier + loaded, total: this.#label.bytes }),
      });
      here.add(id);
      before += weightBytes(id);
    }
    return this.here;
  }
}
