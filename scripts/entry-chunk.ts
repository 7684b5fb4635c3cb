import type { Rolldown } from "vite";

/**
 * Keeps all that an entry imports statically in the entry's own file. Left to itself the bundler gives some of it, which lazy parts import
 * too, files of their own; those are asked for only when the entry has arrived, and all the page's first computation waits.
 *
 * @param entry matches the path of the entry module
 */
export function entryChunk(entry: RegExp): Pick<Rolldown.OutputOptions, "codeSplitting"> {
  return { codeSplitting: { groups: [{ name: "entry", test: entry }] } };
}
