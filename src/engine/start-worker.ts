import address from "./worker.ts?worker&url";

/**
 * Starts the engine's thread. Its entry is a line that imports the worker's script, because WebKit evaluates an entry again when another module
 * imports from it, as the engine's lazy parts do from the script: two services would then answer every call.
 */
export function startWorker(): Worker {
  const script = new URL(address, location.href).href;
  const entry = new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(entry), { type: "module" });
}
