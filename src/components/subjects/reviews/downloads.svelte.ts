import type { Progress } from "../../../engine/files/download.ts";
import type { LoadOptions } from "../../../engine/files/loader.ts";
import { SharedLoads } from "../../../engine/shared-loads.ts";
import type { ModelLabel } from "../../kit/frame/types.ts";
import { getEngine } from "../../kit/run/engine.ts";
import { WEIGHTS, weightBytes } from "./models.ts";

/** The weights of some models of the site, fetched with progress before an experiment opens them: it would fetch them unseen. */
export class Downloads {
  progress: Progress | undefined = $state.raw();
  /** All are in the reader's browser. */
  here = $state(false);
  readonly #title: string;
  readonly #ids: readonly string[];
  readonly #loads = new SharedLoads<readonly string[]>(async () => {});

  /** @param title what the models are together, for the reader */
  constructor(title: string, ids: readonly string[]) {
    this.#title = title;
    this.#ids = ids;
  }

  /** As `DemoFrame` names them, with their size. */
  get label(): ModelLabel {
    return { id: this.#ids.join(" "), title: this.#title, bytes: this.#total, loaded: this.here };
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
    await this.#loads.get("weights", { signal, onProgress }, (options) => this.#fetchAll(options));
    this.here = true;
  }

  get #total(): number {
    return this.#ids.reduce((sum, id) => sum + weightBytes(id), 0);
  }

  async #fetchAll({ signal, onProgress }: LoadOptions): Promise<readonly string[]> {
    let before = 0;
    for (const id of this.#ids) {
      const begun = before;
      await getEngine().file(id, WEIGHTS, {
        ...(signal && { signal }),
        onProgress: ({ loaded }) => onProgress?.({ loaded: begun + loaded, total: this.#total }),
      });
      before += weightBytes(id);
    }
    return this.#ids;
  }
}
