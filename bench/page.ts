import * as Comlink from "comlink";
import type { BackendKind } from "../src/engine/backends/backend.ts";
import { COLD_START, type Subject } from "./subject.ts";

/**
 * The page that a subject runs on: `?subject=…&backend=…&model=…`. It starts the subject's worker, loads the model, and runs the prompt
 * through it once: that is the cold start.
 */

declare global {
  var subject: Comlink.Remote<Subject>;
  /** Resolves, with the milliseconds since navigation, when the model has answered for the first time. */
  var coldStart: Promise<number>;
}

const query = new URLSearchParams(location.search);
const parameter = (name: string): string => {
  const value = query.get(name);
  if (value === null) throw new Error(`no ${name} in the address`);
  return value;
};

const worker = new Worker(`/${parameter("subject")}.js`, { type: "module" });
const died = new Promise<never>((_, reject) => {
  worker.addEventListener("error", (event) => reject(new Error(event.message)));
});
globalThis.subject = Comlink.wrap<Subject>(worker);
globalThis.coldStart = Promise.race([start(), died]);
void coldStart.then(String, String).then((said) => {
  document.title = COLD_START + said;
});

async function start(): Promise<number> {
  const folder = new URL(`/models/${parameter("model")}/`, location.href).href;
  await subject.load(folder, parameter("backend") as BackendKind);
  await subject.prefill(parameter("prompt").split(",").map(Number));
  return performance.now();
}
