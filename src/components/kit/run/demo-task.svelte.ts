import { onDestroy } from "svelte";
import type { EngineClient } from "../../../engine/client.ts";
import { EngineError, toEngineError } from "../../../engine/errors.ts";
import type { Progress } from "../../../engine/files/download.ts";
import type { DemoError, DemoState, EngineLabel } from "../frame/types.ts";
import { describeEngine, getEngine } from "./engine.ts";
import { whileWanted } from "./while-wanted.ts";

/** How long something lives: with the component in whose initialisation it is made, or, made by a module, as long as the page. */
export type Lifetime = "component" | "page";

/** What some work is done with. */
export interface TaskContext {
  /** Of this work alone: once that is given up, whatever it awaits of the engine throws (`whileWanted`), so nothing after it is done. */
  readonly engine: EngineClient;
  /** Aborts when the work is given up, for what does not come from the engine. */
  readonly signal: AbortSignal;
  /** Takes a download's progress, for the frame. */
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Something that the reader starts, and may give up: its state, its error, its progress. One per island. Starting again cancels the work before,
 * and what a cancelled work still does changes nothing: its errors are dropped.
 */
export class DemoTask {
  state: DemoState = $state("idle");
  error: DemoError | undefined = $state.raw();
  progress: Progress | undefined = $state.raw();
  engine: EngineLabel | undefined = $state.raw();
  /** How many works were begun. */
  begun = $state(0);
  #controller: AbortController | undefined;

  constructor(lifetime: Lifetime = "component") {
    if (lifetime === "component") onDestroy(() => this.cancel());
  }

  /** All that `DemoFrame` shows of it: `<DemoFrame {...task.frame} …>`. What stands behind that replaces a part. */
  get frame() {
    const { state, error, progress, engine, begun } = this;
    return { state, error, progress, engine, begun, oncancel: () => this.cancel() };
  }

  get busy(): boolean {
    return this.state === "loading" || this.state === "running";
  }

  /** Says why nothing was started. */
  refuse(error: EngineError): void {
    this.error = { message: error.message };
    this.state = "error";
  }

  /** Ends the work; what it has shown stays. */
  cancel(): void {
    this.#controller?.abort();
    this.state = "idle";
  }

  /** Works, and shows the state meanwhile. Resolves when the work is over, in whatever way. */
  protected async work(state: "loading" | "running", work: (context: TaskContext) => Promise<void>): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const engine = getEngine();
    const unsubscribe = engine.onStatus((status) => {
      this.engine = describeEngine(status);
    });
    this.begun++;
    this.error = undefined;
    this.progress = undefined;
    this.state = state;
    try {
      const onProgress = (progress: Progress): void => {
        if (!signal.aborted) this.progress = progress;
      };
      await work({ engine: whileWanted(engine, signal), signal, onProgress });
      if (!signal.aborted) this.state = "done";
    } catch (error) {
      if (!signal.aborted) this.refuse(toEngineError(error));
    } finally {
      unsubscribe();
    }
  }
}

/**
 * Refuses what the reader has set.
 * @param problem a sentence that says what is wrong, as of `validate`; undefined where nothing is
 * @throws EngineError `bad-input`
 */
export function refuseIf(problem: string | undefined): void {
  if (problem) throw new EngineError("bad-input", problem.replace(/。$/u, ""));
}

/** The items of a stream until the signal aborts, for one that does not come from the run's own engine; it is closed either way, so that its memory is free. */
export async function* until<T>(
  signal: AbortSignal,
  stream: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  for await (const item of stream) {
    if (signal.aborted) return;
    yield item;
  }
}
