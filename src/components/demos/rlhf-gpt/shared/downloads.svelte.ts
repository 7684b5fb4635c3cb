import type { Progress } from "../../../../engine/models/download.ts";
import { getEngine } from "../../../kit/engine.ts";
import type { ModelLabel } from "../../../kit/types.ts";
import { WEIGHTS, weightBytes } from "./models.ts";

/** The weights of some models of the site, fetched with progress before an experiment opens them: it would fetch them unseen. */
export class Downloads {
  progress: Progress | undefined = $state.raw();
  /** All are in the reader's browser. */
  here = $state(false);
  readonly #title: string;
  readonly #ids: readonly string[];
  #fetching: { readonly done: Promise<void>; readonly controller: AbortController } | undefined;
  /** Runs that wait for them. */
  #waiting = 0;

  /** @param title what the models are together, for the reader */
  constructor(title: string, ids: readonly string[]) {
    this.#title = title;
    this.#ids = ids;
  }

  /** As `DemoFrame` names them, with their size. */
  get label(): ModelLabel {
    return { id: this.#ids.join(" "), title: this.#title, bytes: this.#total, loaded: this.here };
  }

  /** Fetches them, or joins who does. @throws EngineError as `EngineClient.file` */
  async fetch(): Promise<void> {
    if (this.here) return;
    this.#waiting++;
    try {
      this.#fetching ??= this.#begin();
      await this.#fetching.done;
    } finally {
      this.#waiting--;
    }
  }

  /** One who waits gives up. The download ends if nobody else waits for it; what has come is kept. */
  cancel(): void {
    if (this.#waiting <= 1) this.#fetching?.controller.abort();
  }

  get #total(): number {
    return this.#ids.reduce((sum, id) => sum + weightBytes(id), 0);
  }

  #begin(): { readonly done: Promise<void>; readonly controller: AbortController } {
    const controller = new AbortController();
    const done = this.#fetchAll(controller.signal).finally(() => {
      this.#fetching = undefined;
    });
    return { done, controller };
  }

  async #fetchAll(signal: AbortSignal): Promise<void> {
    let before = 0;
    for (const id of this.#ids) {
      const onProgress = ({ loaded }: Progress): void => {
        this.progress = { loaded: before + loaded, total: this.#total };
      };
      await getEngine().file(id, WEIGHTS, { signal, onProgress });
      before += weightBytes(id);
    }
    this.here = true;
  }
}
