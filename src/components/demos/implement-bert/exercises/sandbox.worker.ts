/**
 * Runs a function that the reader wrote, in a thread of its own, so that an endless loop harms nobody: the page ends the thread. What
 * reaches out of it (network, storage, other threads) is hidden from the code: a fence against slips, as the code is the reader's own.
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
  /** It asks for what is hidden from it: the name. */
  | { readonly kind: "hidden"; readonly name: string }
  /** `forbidden`: the site's headers let no page run what its reader has written. */
  | { readonly kind: "missing" | "unreadable" | "forbidden" };

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

/** No name, so that nothing can stand in its place: the code is not run. */
const DYNAMIC_IMPORT = /\bimport\s*\(/;

function answer(message: Answer): void {
  postMessage(message);
}

/** What is to be said of an exception of the reader's code. */
function failure(error: unknown): Answer {
  const message = String(error);
  const asksFor = (hidden: string): boolean => new RegExp(`\\b${hidden} is not a`).test(message);
  const name = error instanceof TypeError ? HIDDEN.find(asksFor) : undefined;
  return name === undefined ? { kind: "threw", message } : { kind: "hidden", name };
}

function run({ source, name, calls }: Job): Answer {
  if (DYNAMIC_IMPORT.test(source)) return { kind: "hidden", name: "import()" };
  let found: unknown;
  try {
    const body = `"use strict"; return (() => {\n${source}\n;return typeof ${name} === "function" ? ${name} : undefined; })();`;
    found = new Function(...HIDDEN, body)();
  } catch (error) {
    if (error instanceof EvalError) return { kind: "forbidden" };
    return error instanceof SyntaxError ? { kind: "syntax", message: String(error) } : failure(error);
  }
  if (typeof found !== "function") return { kind: "missing" };
  const values: unknown[] = [];
  for (const args of calls) {
    try {
      values.push(found(...args));
    } catch (error) {
      return failure(error);
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
