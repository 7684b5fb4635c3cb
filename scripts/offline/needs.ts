import { createHash } from "node:crypto";
import type { Needs } from "../../src/offline/needs.ts";

/** Bytes. What is larger, ONNX Runtime and what comes with it, few readers ask for: it is kept once they have. */
const LARGE = 450_000;

/** A file with a hash in its name. */
export interface HashedFile {
  readonly bytes: number;
  /** Of a script or a style sheet. */
  readonly text?: string;
}

/**
 * Finds which hashed files each page may ask for: those that it names, those that these name, and so on. A name anywhere in a script counts, as
 * what is imported later stands there as a text.
 *
 * @param pages HTML by path below the root of the site
 * @param files by name
 * @throws RangeError for a name that no text could be searched for
 */
export function findNeeds(pages: ReadonlyMap<string, string>, files: ReadonlyMap<string, HashedFile>): Needs {
  for (const name of files.keys())
    if (!/^[\w.@~-]+$/.test(name)) throw new RangeError(`${name} cannot be found in a text`);
  const known = (found: string): boolean => files.has(found);
  const named = new Map(Array.from(files, ([name, { text = "" }]) => [name, wordsOf(text).filter(known)]));
  const isAhead = (name: string): boolean => {
    const { bytes, text } = files.get(name)!;
    // Fonts are kept as they are used: a page has need of few.
    return text !== undefined && bytes <= LARGE;
  };
  const names = [...files.keys()].sort();
  const ordered = [...names.filter(isAhead), ...names.filter((name) => !isAhead(name))];
  const places = new Map(ordered.map((name, place) => [name, place]));
  const needs = Array.from(pages, ([path, html]): [string, number[]] => {
    const found = new Set(Array.from(html.matchAll(/_astro\/([\w.@~-]+)/g), ([, name = ""]) => name).filter(known));
    for (const name of found) for (const next of named.get(name) ?? []) found.add(next);
    return [path, Array.from(found, (name) => places.get(name)!).sort((a, b) => a - b)];
  });
  return {
    files: ordered,
    ahead: names.filter(isAhead).length,
    pages: Object.fromEntries(needs.filter(([, found]) => found.length > 0)),
  };
}

/** A name for a build: the same for the same pages. */
export function buildName(pages: ReadonlyMap<string, string>, needs: Needs): string {
  const hash = createHash("sha256").update(JSON.stringify(needs));
  for (const [path, html] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(path).update(html);
  return hash.digest("hex").slice(0, 16);
}

/** Whole words, each once: to look for each name would take as many passes as there are files. */
function wordsOf(text: string): string[] {
  return [...new Set(text.match(/[\w.@~-]+/g))];
}
