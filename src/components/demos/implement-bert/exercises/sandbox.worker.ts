/**
 * Runs a function that the reader wrote, in a thread of its own, so that an endless loop harms nobody: the page ends the thread. What
 * reaches out of it (network, storage, other threads) is hidden from the code.
 */

/** What the page asks for. */
export interface Job {
  /** Source that declares a function of this name. */
  readonly source: string;
  readonly name: string;
  /** The arguments of every call. */
  readonly calls: readonly (readonly unknown[])[];
}

/** `ready` comes before the job is sent, so that the time limit is that of the reader's code alone. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "returned"; readonly values: readonly unknown[] }
  | { readonly kind: "syntax" | "threw"; readonly message: string }
  | { readonly kind: "missing" | "unreadable" };

const HIDDEN = [
  "self",
  "globalThis",
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "Worker",
  "importScripts",
  "indexedDB",
  "caches",
  "navigator",
  "location",
  "postMessage",
];

function answer(message: Answer): void {
  postMessage(message);
}

function run({ source, name, calls }: Job): Answer {
  let found: unknown;
  try {
    const body = `"use strict"; return (() => {\n${source}\n;return typeof ${name} === "function" ? ${name} : undefined; })();`;
    found = new Function(...HIDDEN, body)();
  } catch (error) {
    return { kind: error instanceof SyntaxError ? "syntax" : "threw", message: String(error) };
  }
  if (typeof found !== "function") return { kind: "missing" };
  const values: unknown[] = [];
  for (const args of calls) {
    try {
      values.push(found(...args));
    } catch (error) {
      return { kind: "threw", message: String(error) };
    }
  }
  return { kind: "returned", values };
}

addEventListener("message", ({ data }: MessageEvent<Job>) => {
  const result = run(data);
  try {
    answer(result);
  } catch {
    // What cannot be copied between threads, such as a function, holds no numbers.
    answer({ kind: "unreadable" });
  }
});
answer({ kind: "ready" });
