import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

/** Readers of the pages do not download the kernels' comments and indentation, which are a third of what WGSL costs them. */
export function compactWgsl(): Plugin {
  return {
    name: "compact-wgsl",
    enforce: "pre",
    async load(id) {
      const [path, query] = id.split("?");
      if (!path?.endsWith(".wgsl") || query !== "raw") return null;
      return `export default ${JSON.stringify(compact(await readFile(path, "utf8")))}`;
    },
  };
}

/** WGSL has no strings, so a `//` always begins a comment; the kernels have no block comments. */
function compact(code: string): string {
  return code
    .replace(/\/\/.*/g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([(){},;:]) ?/g, "$1")
    .trim();
}
