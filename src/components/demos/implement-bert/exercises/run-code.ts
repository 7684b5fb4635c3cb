import type { Answer, Job } from "./sandbox.worker.ts";

/** What came of the reader's code; `slow`: it was stopped; `broken`: its thread did not start. */
export type Outcome = Exclude<Answer, { kind: "ready" }> | { readonly kind: "slow" | "broken" };

/** How long the reader's code may run, all calls together. */
export const LIMIT_MS = 3000;

/** Runs the job in a thread that lives as long as this call. */
export function runCode(job: Job): Promise<Outcome> {
  const worker = new Worker(new URL("./sandbox.worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  worker.addEventListener("error", () => resolve({ kind: "broken" }));
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    if (data.kind !== "ready") return resolve(data);
    timer = setTimeout(() => resolve({ kind: "slow" }), LIMIT_MS);
    worker.postMessage(job);
  });
  return promise.finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}
