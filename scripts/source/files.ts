import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Mark } from "./html.ts";
import { type Implementation, readKernels } from "./kernels.ts";
import { fileOf, listSources, type Place, readProgram } from "./program.ts";
import { markTypeScript } from "./typescript.ts";
import { declaredNames, markWgsl } from "./wgsl.ts";

/** A file of the source with what its page marks in it. */
export interface SourceFile {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Names that links may lead to. */
  readonly anchors: ReadonlySet<string>;
  /** By line, counted from 1: what the backends do for the operation that is called there. */
  readonly operations: ReadonlyMap<number, readonly Implementation[]>;
}

const content = fileURLToPath(new URL("../../src/content", import.meta.url));

/**
 * The files that get a page, by its path: the engine, these components with all that they import, and the Python that the chapters show.
 *
 * @param components paths of pages
 * @param hrefOf the address of a place, or of a page
 */
export function readSources(
  components: readonly string[],
  hrefOf: (place: Place | string) => string,
): Map<string, SourceFile> {
  const program = readProgram(components);
  const kernels = readKernels(program);
  const shaders = new Map(listSources(["src/engine/**/*.wgsl"]).map((path) => [path, textOf(path)]));
  const declared = declaredNames(shaders);
  const hasPage = (path: string): boolean => program.files.has(path) || shaders.has(path);

  const sources = new Map<string, SourceFile>();
  for (const [path, file] of program.files) {
    sources.set(path, { text: file.text, ...markTypeScript(file, program, kernels, hrefOf, hasPage) });
  }
  for (const [path, text] of shaders) {
    sources.set(path, { text, operations: new Map(), ...markWgsl(path, text, declared, hrefOf) });
  }
  for (const path of shownPython()) {
    sources.set(path, { text: textOf(path), marks: [], anchors: new Set(), operations: new Map() });
  }
  return sources;
}

function textOf(path: string): string {
  return readFileSync(fileOf(path), "utf8");
}

/** The files of which the chapters show regions. */
function shownPython(): Set<string> {
  const chapters = globSync("**/*.mdx", { cwd: content }).map((file) => readFileSync(`${content}/${file}`, "utf8"));
  return new Set(chapters.flatMap((text) => [...text.matchAll(/\btraining\/[\w/]+\.py\b/g)].map(([path]) => path)));
}
