import { afterEach, beforeEach, vi } from "vitest";

/**
 * The workers of the test under way, which end with it: left alone they go on storing files and holding devices while others are tested. Call it
 * before any `afterEach` that still needs them.
 */
export function watchWorkers(): readonly Worker[] {
  const workers: Worker[] = [];
  beforeEach(() => {
    class Watched extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    }
    vi.stubGlobal("Worker", Watched);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    for (const worker of workers.splice(0)) worker.terminate();
  });
  return workers;
}
