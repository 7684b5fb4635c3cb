import { EngineError } from "./errors.ts";
import address from "./worker.ts?worker&url";

/** The newest of what the engine needs; the sentence of `old-browser` names the browsers that have it all. */
const NEEDED = [Promise.withResolvers, AbortSignal.any, Map.groupBy, Intl.Segmenter];

/**
 * Starts the engine's thread. Its entry is a line that imports the worker's script, because WebKit evaluates an entry again when another module
 * imports from it, as the engine's lazy parts do from the script: two services would then answer every call.
 *
 * @throws EngineError `old-browser`
 */
export function startWorker(): Worker {
  if (NEEDED.some((one) => one === undefined)) throw new EngineError("old-browser");
  const script = new URL(address, location.href).href;
  const entry = new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(entry), { type: "module" });
}
